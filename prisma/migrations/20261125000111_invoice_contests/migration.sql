-- A producer contests an invoice that was written under its mandate (CGI art. 289, I-2; BOI-TVA-DECLA-30-20-10): once, and it is closed once. A corrected invoice is the next version of the one that was taken back.
ALTER TABLE "invoice" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_version" CHECK ("version" >= 1);
DROP INDEX "invoice_booking_id_kind_key";
CREATE UNIQUE INDEX "invoice_booking_id_kind_version_key" ON "invoice"("booking_id", "kind", "version");
DROP INDEX "invoice_payment_id_key";
CREATE UNIQUE INDEX "invoice_payment_id_version_key" ON "invoice"("payment_id", "version");

CREATE TABLE "invoice_contest" (
  "invoice_id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "booking_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'open',
  "words" TEXT NOT NULL DEFAULT '',
  "closed_at" TIMESTAMPTZ(3),
  "closed_by" TEXT,
  "credit_id" TEXT,
  "corrected_id" TEXT,
  CONSTRAINT "invoice_contest_pkey" PRIMARY KEY ("invoice_id"),
  CONSTRAINT "invoice_contest_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "invoice_contest_status" CHECK ("status" IN ('open', 'upheld', 'refused', 'withdrawn') AND "reason" <> ''),
  CONSTRAINT "invoice_contest_closed" CHECK (("status" = 'open') = ("closed_at" IS NULL) AND ("closed_at" IS NULL) = ("closed_by" IS NULL)
    AND ("status" = 'upheld') = ("credit_id" IS NOT NULL) AND ("corrected_id" IS NULL OR "status" = 'upheld') AND ("status" <> 'refused' OR "words" <> ''))
);
CREATE INDEX "invoice_contest_org_id_idx" ON "invoice_contest"("org_id");
CREATE INDEX "invoice_contest_booking_id_idx" ON "invoice_contest"("booking_id");
CREATE INDEX "invoice_contest_status_idx" ON "invoice_contest"("status");

CREATE FUNCTION check_contest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."status" <> 'open' OR (NEW."invoice_id", NEW."org_id", NEW."booking_id", NEW."user_id", NEW."reason", NEW."at") IS DISTINCT FROM (OLD."invoice_id", OLD."org_id", OLD."booking_id", OLD."user_id", OLD."reason", OLD."at") THEN
    RAISE EXCEPTION 'what was said of invoice % stays as it was said: it breaks constraint "invoice_contest_kept"', OLD."invoice_id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_contest_kept', TABLE = 'invoice_contest';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER invoice_contest_kept BEFORE UPDATE ON "invoice_contest" FOR EACH ROW EXECUTE FUNCTION check_contest();
CREATE TRIGGER invoice_contest_never_deleted BEFORE DELETE ON "invoice_contest" FOR EACH ROW EXECUTE FUNCTION refuse_change();
