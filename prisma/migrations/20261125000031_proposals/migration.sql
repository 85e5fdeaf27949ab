-- A transfer by hand is asked for once, in the currency of its booking, and takes nothing from what a dispute has frozen.
ALTER TABLE "proposal" ADD COLUMN "key" TEXT NOT NULL DEFAULT gen_random_uuid()::text, ADD COLUMN "hash" TEXT NOT NULL DEFAULT '';
ALTER TABLE "proposal" ALTER COLUMN "key" DROP DEFAULT, ALTER COLUMN "hash" DROP DEFAULT;
CREATE UNIQUE INDEX "proposal_key_key" ON "proposal"("key");

CREATE OR REPLACE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."status" <> 'asked'
    OR (OLD."id", OLD."from_account", OLD."to_account", OLD."minor", OLD."currency", OLD."booking_id", OLD."reason", OLD."asked_by", OLD."asked_at", OLD."expires_at", OLD."key", OLD."hash")
      IS DISTINCT FROM (NEW."id", NEW."from_account", NEW."to_account", NEW."minor", NEW."currency", NEW."booking_id", NEW."reason", NEW."asked_by", NEW."asked_at", NEW."expires_at", NEW."key", NEW."hash") THEN
    RAISE EXCEPTION 'a proposal is decided once and never changed: it breaks constraint "proposal_decided_once"' USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_decided_once', TABLE = 'proposal';
  END IF;
  RETURN NEW;
END $$;

-- An account of a booking holds the currency of its contract, and no other.
CREATE FUNCTION check_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "contract" WHERE "currency" <> NEW."currency" AND ARRAY['escrow:' || "booking_id", 'dispute:' || "booking_id"] && ARRAY[NEW."from_account", NEW."to_account"]
    AND "booking_id" IN (split_part(NEW."from_account", ':', 2), split_part(NEW."to_account", ':', 2))) THEN
    RAISE EXCEPTION 'proposal % is not in the currency of its booking: it breaks constraint "proposal_of_currency"', NEW."id" USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_of_currency', TABLE = 'proposal';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposal_of_currency BEFORE INSERT ON "proposal" FOR EACH ROW EXECUTE FUNCTION check_proposal();

-- What a dispute has frozen is shared by its decision alone.
CREATE FUNCTION check_manual_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM "entry" JOIN "dispute" ON "dispute"."booking_id" = split_part("entry"."account", ':', 2)
    WHERE "entry"."transfer_id" = NEW."id" AND "entry"."account" LIKE 'escrow:%' AND "dispute"."status" = 'open') THEN
    RAISE EXCEPTION 'transfer % by hand takes from what is disputed: it breaks constraint "transfer_by_hand_not_disputed"', NEW."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_by_hand_not_disputed', TABLE = 'transfer';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transfer_by_hand_not_disputed AFTER INSERT ON "transfer" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."kind" = 'manual') EXECUTE FUNCTION check_manual_frozen();
