-- What our own people see of the money, and a fact that makes no other transaction wait.

-- A NOTIFY holds one lock of the whole server until its transaction is on the disk, so that commits go one after another. The work that
-- hears a fact is therefore written without one; whoever told it wakes the workers after its commit, and they look by themselves each second.
CREATE OR REPLACE FUNCTION tell_fact(of_topic text, of_subject text, of_payload jsonb, of_told_at timestamptz, consumers text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  fact_id bigint;
  work int;
  queue int;
BEGIN
  INSERT INTO "fact" ("topic", "subject", "payload", "told_at") VALUES (of_topic, of_subject, of_payload, of_told_at) RETURNING "id" INTO fact_id;
  INSERT INTO "delivery" ("fact_id", "consumer") SELECT fact_id, unnest(consumers);
  LOOP
    SELECT id INTO work FROM graphile_worker._private_tasks WHERE identifier = 'deliver';
    EXIT WHEN FOUND;
    INSERT INTO graphile_worker._private_tasks (identifier) VALUES ('deliver') ON CONFLICT DO NOTHING;
  END LOOP;
  LOOP
    SELECT id INTO queue FROM graphile_worker._private_job_queues WHERE queue_name = of_subject;
    EXIT WHEN FOUND;
    INSERT INTO graphile_worker._private_job_queues (queue_name) VALUES (of_subject) ON CONFLICT DO NOTHING;
  END LOOP;
  INSERT INTO graphile_worker._private_jobs (job_queue_id, task_id, payload, max_attempts, key)
    VALUES (queue, work, json_build_object('factId', fact_id::text), 12, 'deliver:' || fact_id);
  RETURN fact_id;
END $$;

-- What each night's look at the books found. Kept as it was found.
CREATE TABLE "reconciliation" (
  "id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "currency" CHAR(3) NOT NULL,
  "ours" BIGINT NOT NULL,
  "theirs" BIGINT NOT NULL,
  "waiting" INTEGER NOT NULL,
  "broken" INTEGER NOT NULL,
  CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "reconciliation_at_idx" ON "reconciliation"("at");
ALTER TABLE "reconciliation" ADD CONSTRAINT reconciliation_counts CHECK ("waiting" >= 0 AND "broken" >= 0);
CREATE TRIGGER reconciliation_append_only BEFORE UPDATE OR DELETE ON "reconciliation" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reconciliation_kept BEFORE TRUNCATE ON "reconciliation" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A transfer that one of our people asks for and another one approves.
CREATE TYPE "proposal_status" AS ENUM ('asked', 'approved', 'rejected');
CREATE TABLE "proposal" (
  "id" TEXT NOT NULL,
  "from_account" TEXT NOT NULL,
  "to_account" TEXT NOT NULL,
  "minor" BIGINT NOT NULL,
  "currency" CHAR(3) NOT NULL,
  "booking_id" TEXT,
  "reason" TEXT NOT NULL,
  "asked_by" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "status" "proposal_status" NOT NULL DEFAULT 'asked',
  "decided_by" TEXT,
  "decided_at" TIMESTAMPTZ(3),
  "transfer_id" TEXT,
  CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "proposal_transfer_id_key" ON "proposal"("transfer_id");
CREATE INDEX "proposal_asked_at_idx" ON "proposal"("asked_at");
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "proposal" ADD CONSTRAINT proposal_moves CHECK ("minor" > 0 AND "from_account" <> "to_account" AND length("reason") > 0 AND "expires_at" > "asked_at");
-- Four eyes: who asks does not decide, and who decides does it in time.
ALTER TABLE "proposal" ADD CONSTRAINT proposal_four_eyes CHECK ("status" = 'asked' OR ("decided_by" IS NOT NULL AND "decided_at" IS NOT NULL AND ("status" = 'rejected' OR "decided_by" <> "asked_by")));
ALTER TABLE "proposal" ADD CONSTRAINT proposal_in_time CHECK ("status" <> 'approved' OR "decided_at" < "expires_at");
ALTER TABLE "proposal" ADD CONSTRAINT proposal_booked CHECK (("status" = 'approved') = ("transfer_id" IS NOT NULL));

CREATE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."status" <> 'asked'
    OR (OLD."id", OLD."from_account", OLD."to_account", OLD."minor", OLD."currency", OLD."booking_id", OLD."reason", OLD."asked_by", OLD."asked_at", OLD."expires_at")
      IS DISTINCT FROM (NEW."id", NEW."from_account", NEW."to_account", NEW."minor", NEW."currency", NEW."booking_id", NEW."reason", NEW."asked_by", NEW."asked_at", NEW."expires_at") THEN
    RAISE EXCEPTION 'a proposal is decided once and never changed: it breaks constraint "proposal_decided_once"' USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_decided_once', TABLE = 'proposal';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposal_decided_once BEFORE UPDATE OR DELETE ON "proposal" FOR EACH ROW EXECUTE FUNCTION keep_proposal();

-- A transfer by hand is one that was approved, word for word.
CREATE FUNCTION check_manual() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."kind" = 'manual' AND NOT EXISTS (
    SELECT FROM "proposal" WHERE "transfer_id" = NEW."id" AND "status" = 'approved'
      AND (SELECT count(*) FROM "entry" WHERE "transfer_id" = NEW."id") = 2
      AND EXISTS (SELECT FROM "entry" WHERE "transfer_id" = NEW."id" AND "account" = "from_account" AND "entry"."minor" = -"proposal"."minor" AND "entry"."currency" = "proposal"."currency")
      AND EXISTS (SELECT FROM "entry" WHERE "transfer_id" = NEW."id" AND "account" = "to_account" AND "entry"."minor" = "proposal"."minor" AND "entry"."currency" = "proposal"."currency")) THEN
    RAISE EXCEPTION 'transfer % by hand was approved by nobody: it breaks constraint "transfer_by_hand_approved"', NEW."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_by_hand_approved', TABLE = 'transfer';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transfer_by_hand_approved AFTER INSERT ON "transfer" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."kind" = 'manual') EXECUTE FUNCTION check_manual();
