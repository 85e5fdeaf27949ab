-- No invoice in a seller's name without its mandate (CGI art. 289, I-2): what has to be invoiced waits for it.

CREATE TABLE "invoice_waiting" (
  "booking_id" TEXT NOT NULL,
  "cause" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "payment_id" TEXT,
  "since" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "invoice_waiting_pkey" PRIMARY KEY ("booking_id", "cause"),
  CONSTRAINT "invoice_waiting_cause" CHECK ("cause" IN ('deposit', 'release', 'close', 'public')),
  CONSTRAINT "invoice_waiting_payment" CHECK (("cause" = 'deposit') = ("payment_id" IS NOT NULL))
);
CREATE INDEX "invoice_waiting_org_id_idx" ON "invoice_waiting"("org_id");

CREATE FUNCTION require_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."issuer_org_id" <> 'platform' AND NOT EXISTS (SELECT 1 FROM "invoicing_mandate" WHERE "org_id" = NEW."issuer_org_id") THEN
    RAISE EXCEPTION 'organisation % has given no mandate to invoice in its name: it breaks constraint "invoice_by_mandate"', NEW."issuer_org_id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_by_mandate', TABLE = 'invoice';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER invoice_by_mandate BEFORE INSERT ON "invoice" FOR EACH ROW EXECUTE FUNCTION require_mandate();
