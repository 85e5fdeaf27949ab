-- A plan that was agreed by quote and is not paid may end before its date: what was not used of it is credited, or never invoiced.

ALTER TABLE "plan_quote" ADD COLUMN "ended_at" TIMESTAMPTZ(3);
ALTER TABLE "plan_quote" ADD CONSTRAINT plan_quote_ended CHECK ("ended_at" IS NULL OR "status" = 'assigned');
ALTER TABLE "plan_quote" DROP CONSTRAINT plan_quote_one_at_a_time;
ALTER TABLE "plan_quote" ADD CONSTRAINT plan_quote_one_at_a_time EXCLUDE USING gist ("org_id" WITH =, daterange("since", "until") WITH &&) WHERE ("status" = 'assigned' AND "ended_at" IS NULL);
DROP TRIGGER plan_quote_decided_once ON "plan_quote";
CREATE TRIGGER plan_quote_decided_once BEFORE UPDATE ON "plan_quote"
  FOR EACH ROW WHEN (OLD."status" <> 'asked' AND (OLD."ended_at" IS NOT NULL OR (OLD."begun_at" IS NOT NULL AND NEW."begun_at" IS DISTINCT FROM OLD."begun_at")
    OR fixed_part(to_jsonb(OLD), 'begun_at', 'ended_at') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'begun_at', 'ended_at'))) EXECUTE FUNCTION refuse_change();

-- Our credit note of an invoice of a plan: in a series of its own, without a gap, never changed.
CREATE TABLE "plan_credit" (
    "id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "vat_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "issued_day" DATE NOT NULL,
    "content" JSONB NOT NULL,
    "file_id" TEXT NOT NULL,
    "xml_file_id" TEXT NOT NULL,
    "ubl_file_id" TEXT,

    CONSTRAINT "plan_credit_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "plan_credit_invoice_id_key" ON "plan_credit"("invoice_id");
CREATE UNIQUE INDEX "plan_credit_series_sequence_key" ON "plan_credit"("series", "sequence");
CREATE INDEX "plan_credit_org_id_idx" ON "plan_credit"("org_id");
ALTER TABLE "plan_credit" ADD CONSTRAINT "plan_credit_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "plan_invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_credit" ADD CONSTRAINT plan_credit_adds_up CHECK ("total_minor" = "net_minor" + "vat_minor" AND "net_minor" >= 0 AND "vat_minor" >= 0 AND "total_minor" > 0 AND "sequence" >= 1);
CREATE FUNCTION check_plan_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "plan_invoice" WHERE "id" = NEW."invoice_id" AND "org_id" = NEW."org_id" AND "currency" = NEW."currency" AND "net_minor" >= NEW."net_minor" AND "vat_minor" >= NEW."vat_minor") THEN
    RAISE EXCEPTION 'credit note % exceeds its invoice: it breaks constraint "plan_credit_within_invoice"', NEW."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_credit_within_invoice', TABLE = 'plan_credit';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_credit_within_invoice BEFORE INSERT ON "plan_credit" FOR EACH ROW EXECUTE FUNCTION check_plan_credit();
CREATE TRIGGER plan_credit_append_only BEFORE UPDATE OR DELETE ON "plan_credit" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER plan_credit_kept BEFORE TRUNCATE ON "plan_credit" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
