-- A producer ends its invoicing mandate, for the invoices to come; it may give it again (CGI art. 289, I-2). Each time has its turn.
ALTER TABLE "invoicing_mandate" ADD COLUMN "turn" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "invoicing_mandate" DROP CONSTRAINT "invoicing_mandate_pkey";
ALTER TABLE "invoicing_mandate" ADD CONSTRAINT "invoicing_mandate_pkey" PRIMARY KEY ("org_id", "version", "turn");
CREATE TABLE "mandate_end" (
  "org_id" TEXT NOT NULL,
  "turn" INTEGER NOT NULL,
  "ended_at" TIMESTAMPTZ(3) NOT NULL,
  "user_id" TEXT NOT NULL,
  CONSTRAINT "mandate_end_pkey" PRIMARY KEY ("org_id", "turn"),
  CONSTRAINT "mandate_end_turn" CHECK ("turn" >= 1)
);
CREATE TRIGGER mandate_end_append_only BEFORE UPDATE OR DELETE ON "mandate_end" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE FUNCTION require_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."issuer_org_id" <> 'platform' AND NOT EXISTS (SELECT 1 FROM "invoicing_mandate" WHERE "org_id" = NEW."issuer_org_id"
    AND "turn" = 1 + (SELECT count(*) FROM "mandate_end" WHERE "org_id" = NEW."issuer_org_id")) THEN
    RAISE EXCEPTION 'organisation % has given no mandate to invoice in its name: it breaks constraint "invoice_by_mandate"', NEW."issuer_org_id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_by_mandate', TABLE = 'invoice';
  END IF;
  RETURN NEW;
END $$;
