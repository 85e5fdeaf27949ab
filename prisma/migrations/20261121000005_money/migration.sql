-- Money that goes back to whoever paid it by mistake or too late, and a ledger whose transfers are whole when they are made.

CREATE TYPE "refund_status" AS ENUM ('sent', 'paid', 'failed');

CREATE TABLE "refund" (
    "id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "captured_ref" TEXT NOT NULL,
    "minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" "refund_status" NOT NULL DEFAULT 'sent',
    "provider_ref" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "refund_captured_ref_key" ON "refund"("captured_ref");
CREATE UNIQUE INDEX "refund_provider_ref_key" ON "refund"("provider_ref");
CREATE INDEX "refund_booking_id_idx" ON "refund"("booking_id");
ALTER TABLE "refund" ADD CONSTRAINT refund_positive CHECK ("minor" > 0);

-- A transfer never grows: its entries come in the transaction that makes it.
ALTER TABLE "transfer" ADD COLUMN "made_in" BIGINT NOT NULL DEFAULT txid_current();

CREATE FUNCTION mark_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."made_in" := txid_current();
  RETURN NEW;
END $$;

CREATE TRIGGER transfer_marked BEFORE INSERT ON "transfer" FOR EACH ROW EXECUTE FUNCTION mark_transfer();

CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "transfer" WHERE "id" = NEW."transfer_id" AND "made_in" <> txid_current()) THEN
    RAISE EXCEPTION 'transfer % was made before: it breaks constraint "entry_with_its_transfer"', NEW."transfer_id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_with_its_transfer', TABLE = 'entry';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER entry_with_its_transfer BEFORE INSERT ON "entry" FOR EACH ROW EXECUTE FUNCTION check_entry();

CREATE TRIGGER balance_kept BEFORE TRUNCATE ON "balance" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
