-- What a lost dispute leaves an organisation to pay back, and what is kept of its payouts for it.
CREATE TYPE "claim_status" AS ENUM ('asked', 'contested', 'confirmed', 'closed');
CREATE TYPE "claim_part_kind" AS ENUM ('kept', 'received', 'waived');
ALTER TYPE "payout_status" ADD VALUE 'withheld';

CREATE TABLE "claim" (
  "id" TEXT NOT NULL,
  "ref" TEXT NOT NULL,
  "booking_id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "share" "payout_share" NOT NULL,
  "minor" BIGINT NOT NULL,
  "currency" CHAR(3) NOT NULL,
  "left_minor" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "status" "claim_status" NOT NULL DEFAULT 'asked',
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "due_day" DATE NOT NULL,
  "contest" TEXT NOT NULL DEFAULT '',
  "contested_at" TIMESTAMPTZ(3),
  "decision" TEXT NOT NULL DEFAULT '',
  "decided_by" TEXT,
  "decided_at" TIMESTAMPTZ(3),
  "closed_at" TIMESTAMPTZ(3),
  CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "claim_ref_share_key" ON "claim"("ref", "share");
CREATE INDEX "claim_org_id_status_idx" ON "claim"("org_id", "status");
CREATE INDEX "claim_booking_id_idx" ON "claim"("booking_id");

CREATE TABLE "claim_part" (
  "id" TEXT NOT NULL,
  "claim_id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "kind" "claim_part_kind" NOT NULL,
  "minor" BIGINT NOT NULL,
  "payout_id" TEXT,
  "transfer_id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "claim_part_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "claim_part_transfer_id_key" ON "claim_part"("transfer_id");
CREATE UNIQUE INDEX "claim_part_claim_id_payout_id_key" ON "claim_part"("claim_id", "payout_id");
CREATE INDEX "claim_part_payout_id_idx" ON "claim_part"("payout_id");
ALTER TABLE "claim_part" ADD CONSTRAINT "claim_part_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "proposal" ADD COLUMN "claim_id" TEXT;
CREATE INDEX "proposal_claim_id_idx" ON "proposal"("claim_id");
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout" ADD COLUMN "kept_minor" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "fixed_at" TIMESTAMPTZ(3);
-- What the provider was asked for before stays as it was asked.
UPDATE "payout" SET "fixed_at" = coalesce("moved_at", "asked_at") WHERE "moved_at" IS NOT NULL OR "asked_at" IS NOT NULL;

-- A payout of which all was kept leaves no more. A new value of a type is not read in the transaction that adds it.
ALTER TABLE "payout" DROP CONSTRAINT payout_positive;
ALTER TABLE "payout" ADD CONSTRAINT payout_positive CHECK ("kept_minor" >= 0 AND ("minor" > 0 OR ("minor" = 0 AND "kept_minor" > 0)) AND ("minor" = 0) = ("status"::text = 'withheld'));

-- What is kept is taken off before the provider has the amount, and the share that was credited stays.
CREATE FUNCTION keep_payout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."minor" + NEW."kept_minor" <> OLD."minor" + OLD."kept_minor" OR NEW."kept_minor" < OLD."kept_minor" OR (OLD."fixed_at" IS NOT NULL AND NEW."kept_minor" <> OLD."kept_minor") THEN
    RAISE EXCEPTION 'payout % is not the share that was credited less what was kept: it breaks constraint "payout_share_kept"', NEW."id" USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_share_kept', TABLE = 'payout';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_share_kept BEFORE UPDATE OF "minor", "kept_minor" ON "payout" FOR EACH ROW EXECUTE FUNCTION keep_payout();

ALTER TABLE "claim" ADD CONSTRAINT claim_adds_up CHECK ("minor" > 0 AND "left_minor" BETWEEN 0 AND "minor" AND ("status" = 'closed') = ("left_minor" = 0) AND ("status" = 'closed') = ("closed_at" IS NOT NULL));
ALTER TABLE "claim" ADD CONSTRAINT claim_contested CHECK (("contested_at" IS NULL) = ("contest" = '') AND ("status" <> 'contested' OR "contested_at" IS NOT NULL));
ALTER TABLE "claim_part" ADD CONSTRAINT claim_part_positive CHECK ("minor" > 0 AND ("kind" = 'kept') = ("payout_id" IS NOT NULL));
CREATE TRIGGER claim_part_append_only BEFORE UPDATE OR DELETE ON "claim_part" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER claim_part_kept BEFORE TRUNCATE ON "claim_part" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER claim_never_deleted BEFORE DELETE ON "claim" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER claim_fixed BEFORE UPDATE ON "claim" FOR EACH ROW
  WHEN (fixed_part(to_jsonb(OLD), 'left_minor', 'status', 'due_day', 'contest', 'contested_at', 'decision', 'decided_by', 'decided_at', 'closed_at')
    IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'left_minor', 'status', 'due_day', 'contest', 'contested_at', 'decision', 'decided_by', 'decided_at', 'closed_at')) EXECUTE FUNCTION refuse_change();
-- It is contested once, its limit never comes nearer, and what was paid of it is not owed again.
CREATE TRIGGER claim_goes_on BEFORE UPDATE ON "claim" FOR EACH ROW
  WHEN (OLD."status" = 'closed' OR NEW."left_minor" > OLD."left_minor" OR NEW."due_day" < OLD."due_day" OR (OLD."contested_at" IS NOT NULL AND (OLD."contested_at", OLD."contest") IS DISTINCT FROM (NEW."contested_at", NEW."contest"))) EXECUTE FUNCTION refuse_change();

-- What is left of a claim is what no part has brought down; looked at when the transaction ends.
CREATE FUNCTION check_claim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which text := CASE TG_TABLE_NAME WHEN 'claim' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'claim_id' END;
BEGIN
  IF EXISTS (SELECT FROM "claim" WHERE "id" = which AND "left_minor" <> "minor" - (SELECT coalesce(sum("minor"), 0) FROM "claim_part" WHERE "claim_id" = which)) THEN
    RAISE EXCEPTION 'what is left of claim % is not what its parts leave: it breaks constraint "claim_left"', which USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_left', TABLE = 'claim';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_left AFTER INSERT OR UPDATE ON "claim" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_claim();
CREATE CONSTRAINT TRIGGER claim_part_left AFTER INSERT ON "claim_part" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_claim();

CREATE OR REPLACE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."status" <> 'asked'
    OR (OLD."id", OLD."from_account", OLD."to_account", OLD."minor", OLD."currency", OLD."booking_id", OLD."reason", OLD."asked_by", OLD."asked_at", OLD."expires_at", OLD."key", OLD."hash", OLD."claim_id")
      IS DISTINCT FROM (NEW."id", NEW."from_account", NEW."to_account", NEW."minor", NEW."currency", NEW."booking_id", NEW."reason", NEW."asked_by", NEW."asked_at", NEW."expires_at", NEW."key", NEW."hash", NEW."claim_id") THEN
    RAISE EXCEPTION 'a proposal is decided once and never changed: it breaks constraint "proposal_decided_once"' USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_decided_once', TABLE = 'proposal';
  END IF;
  RETURN NEW;
END $$;
