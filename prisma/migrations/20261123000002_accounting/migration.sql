-- Credit notes, and the structured form in which an invoice is kept beside what is printed.

ALTER TABLE "invoice" ADD COLUMN "xml_file_id" TEXT, ADD COLUMN "ubl_file_id" TEXT;

CREATE TABLE "credit_note" (
    "id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "issuer_org_id" TEXT NOT NULL,
    "payer_org_id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "vat_bps" INTEGER NOT NULL,
    "vat_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "issued_day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "file_id" TEXT NOT NULL,
    "xml_file_id" TEXT,
    "ubl_file_id" TEXT,

    CONSTRAINT "credit_note_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "credit_note_issuer_org_id_series_sequence_key" ON "credit_note"("issuer_org_id", "series", "sequence");
CREATE INDEX "credit_note_invoice_id_idx" ON "credit_note"("invoice_id");
CREATE INDEX "credit_note_booking_id_idx" ON "credit_note"("booking_id");
CREATE INDEX "credit_note_payer_org_id_idx" ON "credit_note"("payer_org_id");
CREATE INDEX "invoice_issuer_org_id_issued_day_idx" ON "invoice"("issuer_org_id", "issued_day");
CREATE INDEX "transfer_org_id_at_idx" ON "transfer"("org_id", "at");

ALTER TABLE "credit_note" ADD CONSTRAINT credit_note_adds_up
  CHECK ("total_minor" = "net_minor" + "vat_minor" AND "net_minor" >= 0 AND "vat_minor" >= 0 AND "total_minor" > 0);
ALTER TABLE "credit_note" ADD CONSTRAINT credit_note_sequence_from_one CHECK ("sequence" >= 1);

-- It corrects an invoice of the same two parties, and all together never more than was invoiced. The invoice's row is locked, so that two at once are one after the other.
CREATE FUNCTION check_credit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  credited "invoice";
  net bigint;
  vat bigint;
BEGIN
  SELECT * INTO credited FROM "invoice" WHERE "id" = NEW."invoice_id" FOR UPDATE;
  IF NOT FOUND OR (credited."issuer_org_id", credited."payer_org_id", credited."booking_id", credited."currency", credited."vat_bps")
    IS DISTINCT FROM (NEW."issuer_org_id", NEW."payer_org_id", NEW."booking_id", NEW."currency", NEW."vat_bps") THEN
    RAISE EXCEPTION 'credit note % is of no invoice of its parties: it breaks constraint "credit_note_of_an_invoice"', NEW."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_note_of_an_invoice', TABLE = 'credit_note';
  END IF;
  SELECT coalesce(sum("net_minor"), 0) + NEW."net_minor", coalesce(sum("vat_minor"), 0) + NEW."vat_minor" INTO net, vat FROM "credit_note" WHERE "invoice_id" = NEW."invoice_id";
  IF net > credited."net_minor" OR vat > credited."vat_minor" THEN
    RAISE EXCEPTION 'credit note % exceeds its invoice: it breaks constraint "credit_note_within_invoice"', NEW."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_note_within_invoice', TABLE = 'credit_note';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER credit_note_checked BEFORE INSERT ON "credit_note" FOR EACH ROW EXECUTE FUNCTION check_credit();
CREATE TRIGGER credit_note_append_only BEFORE UPDATE OR DELETE ON "credit_note" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_kept BEFORE TRUNCATE ON "credit_note" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
