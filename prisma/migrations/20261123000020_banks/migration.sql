-- What banks do slowly, or take back: a debit under way when a booking is closed, a contested payment, a transfer that nobody asks for
-- any more.

-- A debit under way. What is asked of the provider is known before it is asked: what was not is never made.
ALTER TABLE "payment" ADD COLUMN "submitted_at" TIMESTAMPTZ(3);
-- The buyer asked where to send a transfer: it may arrive long after nobody waits for it.
ALTER TABLE "payment" ADD COLUMN "announced_at" TIMESTAMPTZ(3);

-- Accepted, and its money waits for the answer of a bank.
ALTER TYPE "cancellation_status" ADD VALUE 'waiting' BEFORE 'done';
CREATE TRIGGER cancellation_waits BEFORE UPDATE ON "cancellation" FOR EACH ROW
  WHEN (OLD."status"::text = 'waiting' AND (NEW."status"::text = 'asked' OR (NEW."cause", NEW."by_side", NEW."reason", NEW."asked_at", NEW."days_before", NEW."indemnity_bps", NEW."indemnity_minor", NEW."currency")
    IS DISTINCT FROM (OLD."cause", OLD."by_side", OLD."reason", OLD."asked_at", OLD."days_before", OLD."indemnity_bps", OLD."indemnity_minor", OLD."currency")))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cancellation_waiting_kept BEFORE DELETE ON "cancellation" FOR EACH ROW WHEN (OLD."status"::text = 'waiting') EXECUTE FUNCTION refuse_change();

-- A dispute that was decided stays open, and what is held frozen, until the bank has answered.
ALTER TABLE "dispute" DROP CONSTRAINT dispute_decided_whole;
ALTER TABLE "dispute" ADD CONSTRAINT dispute_decided_whole
  CHECK (("decided_at" IS NULL) = ("decided_by" IS NULL) AND ("decided_at" IS NULL) = ("decision" = '') AND CASE "status" WHEN 'decided' THEN "decided_at" IS NOT NULL WHEN 'withdrawn' THEN "decided_at" IS NULL ELSE true END);
CREATE TRIGGER dispute_decision_waits BEFORE UPDATE ON "dispute" FOR EACH ROW
  WHEN (OLD."status" = 'open' AND OLD."decided_at" IS NOT NULL AND (NEW."decided_at", NEW."decided_by", NEW."decision") IS DISTINCT FROM (OLD."decided_at", OLD."decided_by", OLD."decision"))
  EXECUTE FUNCTION refuse_change();

-- A payment that its holder contests: until when the bank hears us, what we said, and how it ended.
CREATE TYPE "chargeback_status" AS ENUM ('asked', 'answered', 'accepted', 'won', 'lost');
CREATE TABLE "chargeback" (
    "id" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "chargeback_status" NOT NULL DEFAULT 'asked',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "answer_by" TIMESTAMPTZ(3),
    "answer" TEXT NOT NULL DEFAULT '',
    "proof_file_id" TEXT,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "chargeback_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "chargeback_ref_key" ON "chargeback"("ref");
CREATE INDEX "chargeback_booking_id_idx" ON "chargeback"("booking_id");
CREATE INDEX "chargeback_org_id_idx" ON "chargeback"("org_id");
ALTER TABLE "chargeback" ADD CONSTRAINT chargeback_positive CHECK ("minor" > 0);
ALTER TABLE "chargeback" ADD CONSTRAINT chargeback_answered_whole CHECK (("answered_at" IS NULL) = ("answered_by" IS NULL) AND ("status" NOT IN ('answered', 'accepted') OR "answered_at" IS NOT NULL));
ALTER TABLE "chargeback" ADD CONSTRAINT chargeback_closed_whole CHECK (("status" IN ('won', 'lost')) = ("closed_at" IS NOT NULL));
CREATE TRIGGER chargeback_closed_once BEFORE UPDATE ON "chargeback" FOR EACH ROW WHEN (OLD."status" IN ('won', 'lost') AND NEW."status" <> OLD."status") EXECUTE FUNCTION refuse_change();
-- An answer is given once: a bank reads no second one.
CREATE TRIGGER chargeback_answered_once BEFORE UPDATE ON "chargeback" FOR EACH ROW
  WHEN (OLD."answered_at" IS NOT NULL AND (NEW."answer", NEW."proof_file_id", NEW."answered_by", NEW."answered_at") IS DISTINCT FROM (OLD."answer", OLD."proof_file_id", OLD."answered_by", OLD."answered_at"))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER chargeback_kept BEFORE DELETE ON "chargeback" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What a producer says or shows for a contested payment.
CREATE TABLE "chargeback_piece" (
    "id" TEXT NOT NULL,
    "chargeback_id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "file_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chargeback_piece_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "chargeback_piece_file_id_key" ON "chargeback_piece"("file_id");
CREATE INDEX "chargeback_piece_chargeback_id_idx" ON "chargeback_piece"("chargeback_id");
ALTER TABLE "chargeback_piece" ADD CONSTRAINT "chargeback_piece_chargeback_id_fkey" FOREIGN KEY ("chargeback_id") REFERENCES "chargeback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "chargeback_piece" ADD CONSTRAINT chargeback_piece_says_something CHECK ("text" <> '' OR "file_id" IS NOT NULL);
CREATE TRIGGER chargeback_piece_append_only BEFORE UPDATE OR DELETE ON "chargeback_piece" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A transfer that reached the provider and that no payment asks for: it stays the buyer's until it is sent back.
CREATE TYPE "stray_status" AS ENUM ('found', 'sent', 'returned', 'failed');
CREATE TABLE "stray" (
    "id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" "stray_status" NOT NULL DEFAULT 'found',
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "provider_ref" TEXT,
    "returned_at" TIMESTAMPTZ(3),

    CONSTRAINT "stray_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "stray_provider_ref_key" ON "stray"("provider_ref");
CREATE UNIQUE INDEX stray_one_at_a_time ON "stray" ("booking_id", "currency") WHERE "status" IN ('found', 'sent');
ALTER TABLE "stray" ADD CONSTRAINT stray_positive CHECK ("minor" > 0 AND ("status" = 'returned') = ("returned_at" IS NOT NULL));
CREATE TRIGGER stray_kept BEFORE DELETE ON "stray" FOR EACH ROW EXECUTE FUNCTION refuse_change();
