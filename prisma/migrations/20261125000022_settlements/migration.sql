-- What arrived for an invoice: of the invoice itself, and of what being late cost. One transfer may pay several, and an invoice its interest later.
CREATE TABLE "settlement" (
  "id" BIGSERIAL NOT NULL,
  "invoice_id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "line_id" TEXT,
  "principal_minor" BIGINT NOT NULL,
  "late_minor" BIGINT NOT NULL,
  "currency" CHAR(3) NOT NULL,
  "arrived_at" TIMESTAMPTZ(3) NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "settlement_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "settlement_positive" CHECK ("principal_minor" >= 0 AND "late_minor" >= 0 AND "principal_minor" + "late_minor" > 0),
  CONSTRAINT "settlement_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "settlement_invoice_id_idx" ON "settlement"("invoice_id");
CREATE INDEX "settlement_line_id_idx" ON "settlement"("line_id");
CREATE UNIQUE INDEX settlement_principal_once ON "settlement" ("invoice_id") WHERE "principal_minor" > 0;
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE ON "settlement" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What was noted of movements until now, before they are kept to what they say.
INSERT INTO "settlement" ("invoice_id", "org_id", "line_id", "principal_minor", "late_minor", "currency", "arrived_at", "at")
  SELECT i."id", l."org_id", l."id", i."paid_minor", 0, i."currency", i."paid_at", l."accepted_at"
  FROM "bank_line" l JOIN "invoice" i ON i."id" = l."invoice_id" WHERE i."paid_at" IS NOT NULL AND i."paid_minor" > 0;

DROP TRIGGER bank_line_fixed ON "bank_line";
DROP FUNCTION keep_bank_line();
ALTER TABLE "bank_line" DROP CONSTRAINT "bank_line_accepted";
ALTER TABLE "bank_line" DROP COLUMN "invoice_id", DROP COLUMN "accepted_at";
CREATE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'bank line % stays as the bank said it: it breaks constraint "bank_line_fixed"', OLD."id"
    USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_line_fixed', TABLE = 'bank_line';
END $$;
CREATE TRIGGER bank_line_fixed BEFORE UPDATE OR DELETE ON "bank_line" FOR EACH ROW EXECUTE FUNCTION keep_bank_line();

-- No more is settled by a movement than came in with it, in its own currency, for its own organisation. Two at once: the second waits for the first.
CREATE FUNCTION check_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came "bank_line";
  used BIGINT;
BEGIN
  IF NEW."line_id" IS NULL THEN RETURN NEW; END IF;
  SELECT * INTO came FROM "bank_line" WHERE "id" = NEW."line_id" FOR UPDATE;
  SELECT coalesce(sum("principal_minor" + "late_minor"), 0) INTO used FROM "settlement" WHERE "line_id" = NEW."line_id";
  IF came."id" IS NULL OR came."org_id" <> NEW."org_id" OR came."currency" <> NEW."currency" OR used + NEW."principal_minor" + NEW."late_minor" > came."minor" THEN
    RAISE EXCEPTION 'bank line % did not bring that: it breaks constraint "settlement_within_line"', NEW."line_id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'settlement_within_line', TABLE = 'settlement';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_within_line BEFORE INSERT ON "settlement" FOR EACH ROW EXECUTE FUNCTION check_settlement();
