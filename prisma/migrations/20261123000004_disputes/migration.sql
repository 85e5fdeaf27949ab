-- A booking that is cancelled, and a show over which two sides disagree: what the contract says, what was given to whom, and why.

-- What an organiser who cancels owes the producer, by the days that are left before the show, in basis points of the price before tax.
CREATE TABLE "cancellation_rate" (
    "id" TEXT NOT NULL,
    "up_to_days" INTEGER,
    "bps" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,

    CONSTRAINT "cancellation_rate_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "cancellation_rate" ADD CONSTRAINT cancellation_rate_bps CHECK ("bps" BETWEEN 0 AND 10000);
ALTER TABLE "cancellation_rate" ADD CONSTRAINT cancellation_rate_days CHECK (("up_to_days" IS NULL OR "up_to_days" >= 0) AND ("valid_to" IS NULL OR "valid_to" > "valid_from"));
ALTER TABLE "cancellation_rate" ADD CONSTRAINT cancellation_rate_one_at_a_time
  EXCLUDE USING gist ((coalesce("up_to_days", -1)) WITH =, daterange("valid_from", "valid_to") WITH &&);

-- Article 16 of the contract of cession. Source: trade usage, the customary scale (legal.md CTR-ALL-01, read 2026-11-21). A change is a new
-- set of rows with a later valid_from, and a valid_to on these; a contract keeps the scale of the day on which it was signed.
INSERT INTO "cancellation_rate" ("id", "up_to_days", "bps", "valid_from", "source") VALUES
  ('rat_cancellation_1',   30, 10000, '2026-01-01', 'customary scale, thirty days before the show or less'),
  ('rat_cancellation_2',   60,  5000, '2026-01-01', 'customary scale, sixty to thirty-one days before the show'),
  ('rat_cancellation_3', NULL,  3000, '2026-01-01', 'customary scale, more than sixty days before the show');

CREATE TYPE "cancellation_cause" AS ENUM ('organiser', 'producer', 'force_majeure');
CREATE TYPE "cancellation_status" AS ENUM ('asked', 'done');

CREATE TABLE "cancellation" (
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "cause" "cancellation_cause" NOT NULL,
    "by_side" "side" NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "cancellation_status" NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "days_before" INTEGER NOT NULL,
    "indemnity_bps" INTEGER NOT NULL,
    "indemnity_minor" BIGINT NOT NULL,
    "held_minor" BIGINT NOT NULL,
    "kept_minor" BIGINT NOT NULL,
    "refund_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "cancellation_pkey" PRIMARY KEY ("booking_id")
);
ALTER TABLE "cancellation" ADD CONSTRAINT cancellation_adds_up
  CHECK ("kept_minor" >= 0 AND "refund_minor" >= 0 AND "kept_minor" + "refund_minor" = "held_minor" AND "kept_minor" <= "indemnity_minor" AND "indemnity_bps" BETWEEN 0 AND 10000);
ALTER TABLE "cancellation" ADD CONSTRAINT cancellation_done_whole CHECK (("status" = 'done') = ("done_at" IS NOT NULL));
CREATE TRIGGER cancellation_done_once BEFORE UPDATE ON "cancellation" FOR EACH ROW WHEN (OLD."status" = 'done') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cancellation_kept BEFORE DELETE ON "cancellation" FOR EACH ROW WHEN (OLD."status" = 'done') EXECUTE FUNCTION refuse_change();

CREATE TYPE "dispute_status" AS ENUM ('open', 'decided', 'withdrawn');

CREATE TABLE "dispute" (
    "id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "opened_by" "side" NOT NULL,
    "status" "dispute_status" NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "decision" TEXT NOT NULL DEFAULT '',
    "held_minor" BIGINT NOT NULL DEFAULT 0,
    "release_minor" BIGINT NOT NULL DEFAULT 0,
    "refund_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "dispute_booking_id_key" ON "dispute"("booking_id");
CREATE INDEX "dispute_status_opened_at_idx" ON "dispute"("status", "opened_at");
ALTER TABLE "dispute" ADD CONSTRAINT dispute_adds_up CHECK ("release_minor" >= 0 AND "refund_minor" >= 0 AND "release_minor" + "refund_minor" = "held_minor");
ALTER TABLE "dispute" ADD CONSTRAINT dispute_decided_whole CHECK (("status" = 'decided') = ("decided_at" IS NOT NULL AND "decided_by" IS NOT NULL AND "decision" <> ''));
CREATE TRIGGER dispute_decided_once BEFORE UPDATE ON "dispute" FOR EACH ROW WHEN (OLD."status" = 'decided') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_kept BEFORE DELETE ON "dispute" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE "evidence" (
    "id" TEXT NOT NULL,
    "dispute_id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "side" "side" NOT NULL,
    "text" TEXT NOT NULL,
    "file_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "evidence_file_id_key" ON "evidence"("file_id");
CREATE INDEX "evidence_dispute_id_idx" ON "evidence"("dispute_id");
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "dispute"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "evidence" ADD CONSTRAINT evidence_says_something CHECK ("text" <> '' OR "file_id" IS NOT NULL);
CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE ON "evidence" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_kept BEFORE TRUNCATE ON "evidence" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- While a dispute is open nothing of its booking is released.
CREATE FUNCTION check_disputed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "dispute" WHERE "booking_id" = NEW."booking_id" AND "status" = 'open') THEN
    RAISE EXCEPTION 'booking % is disputed: it breaks constraint "release_not_disputed"', NEW."booking_id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'release_not_disputed', TABLE = 'transfer';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER release_not_disputed BEFORE INSERT ON "transfer" FOR EACH ROW WHEN (NEW."kind" IN ('release', 'indemnity')) EXECUTE FUNCTION check_disputed();
