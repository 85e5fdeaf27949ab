-- The ledger at a million entries: a balance is read and not counted, an account that everybody uses makes nobody wait, a transfer is one question.

-- Every account keeps its balance beside its entries. One that every booking uses keeps it in several rows, which are summed on reading.
ALTER TABLE "balance" ADD COLUMN "shard" SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE "balance" DROP CONSTRAINT "balance_pkey", ADD CONSTRAINT "balance_pkey" PRIMARY KEY ("account", "currency", "shard");
-- A row is written often and its key never: there is room beside it for the next version.
ALTER TABLE "balance" SET (fillfactor = 50);
-- What is held for a booking, and what is owed back to a buyer, is never less than nothing; what a producer has with us may be.
ALTER TABLE "balance" DROP CONSTRAINT balance_not_negative;
ALTER TABLE "balance" ADD CONSTRAINT balance_not_negative CHECK ("minor" >= 0 OR "account" NOT LIKE ALL (ARRAY['escrow:%', 'refund:%']));

DROP TRIGGER entry_keeps_balance ON "entry";
DROP FUNCTION keep_balance();

-- The row of its own in which this transaction writes what hot accounts receive: one that no other transaction holds, while there is one.
CREATE FUNCTION own_shard() RETURNS smallint LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 0..31 LOOP
    IF pg_try_advisory_xact_lock(6010003, (pg_backend_pid() + i) % 32) THEN RETURN (pg_backend_pid() + i) % 32; END IF;
  END LOOP;
  RETURN pg_backend_pid() % 32;
END $$;

CREATE FUNCTION keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved record;
  own smallint;
  place smallint;
BEGIN
  -- In one order, so that two transfers never wait for each other. The row is the lock of the account.
  FOR moved IN SELECT "account", "currency", sum("minor")::bigint AS "minor" FROM made GROUP BY "account", "currency" ORDER BY "account", "currency" LOOP
    place := 0;
    IF moved."account" = 'commission:platform' OR moved."account" LIKE ANY (ARRAY['provider:%', 'vat:%']) THEN
      own := coalesce(own, own_shard());
      place := own;
    END IF;
    UPDATE "balance" SET "minor" = "balance"."minor" + moved."minor" WHERE "account" = moved."account" AND "currency" = moved."currency" AND "shard" = place;
    IF NOT FOUND THEN
      INSERT INTO "balance" ("account", "currency", "shard", "minor") VALUES (moved."account", moved."currency", place, moved."minor")
        ON CONFLICT ("account", "currency", "shard") DO UPDATE SET "minor" = "balance"."minor" + excluded."minor";
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- What was booked before this; else entries alone move a balance.
ALTER TABLE "balance" DISABLE TRIGGER balance_follows_entries;
INSERT INTO "balance" ("account", "currency", "minor")
  SELECT "account", "currency", sum("minor") FROM "entry" WHERE "account" NOT LIKE 'escrow:%' GROUP BY "account", "currency";
ALTER TABLE "balance" ENABLE TRIGGER balance_follows_entries;

CREATE TRIGGER entry_keeps_balance AFTER INSERT ON "entry" REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION keep_balances();

-- The same two rules as before, in one look.
CREATE OR REPLACE FUNCTION check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which text;
  lines bigint;
  even boolean;
BEGIN
  IF TG_TABLE_NAME = 'transfer' THEN which := NEW."id"; ELSE which := NEW."transfer_id"; END IF;
  SELECT coalesce(sum(n), 0), coalesce(bool_and(total = 0), true) INTO lines, even
    FROM (SELECT count(*) AS n, sum("minor") AS total FROM "entry" WHERE "transfer_id" = which GROUP BY "currency") AS sums;
  IF lines < 2 THEN
    RAISE EXCEPTION 'transfer % has fewer than two entries: it breaks constraint "transfer_has_entries"', which
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_has_entries', TABLE = 'transfer';
  END IF;
  IF NOT even THEN
    RAISE EXCEPTION 'the entries of transfer % do not sum to zero: it breaks constraint "transfer_sums_to_zero"', which
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_sums_to_zero', TABLE = 'transfer';
  END IF;
  RETURN NULL;
END $$;

-- The statement of an account, a page at a time, the latest first.
DROP INDEX "entry_account_currency_idx";
CREATE INDEX "entry_account_currency_transfer_id_line_idx" ON "entry"("account", "currency", "transfer_id", "line");

-- Books a transfer with its entries, or says what was booked under its key before.
CREATE FUNCTION book_transfer(of_id text, of_kind text, of_key text, of_hash text, of_booking text, of_org text, of_at timestamptz, of_reason text,
  accounts text[], minors bigint[], currencies text[]) RETURNS TABLE (id text, hash text, fresh boolean) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "transfer" ("id", "kind", "key", "hash", "booking_id", "org_id", "at", "reason")
    VALUES (of_id, of_kind, of_key, of_hash, of_booking, of_org, of_at, of_reason) ON CONFLICT ("key") DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT t."id", t."hash", false FROM "transfer" AS t WHERE t."key" = of_key;
    RETURN;
  END IF;
  INSERT INTO "entry" ("transfer_id", "line", "account", "minor", "currency")
    SELECT of_id, lines.n, lines.account, lines.minor, lines.currency FROM unnest(accounts, minors, currencies) WITH ORDINALITY AS lines (account, minor, currency, n);
  RETURN QUERY SELECT of_id, of_hash, true;
END $$;

-- Writes a fact, a delivery for each who hears it, and the work that hears it. Nothing waits under a new fact's key: there is nothing to look for.
CREATE FUNCTION tell_fact(of_topic text, of_subject text, of_payload jsonb, of_told_at timestamptz, consumers text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  fact_id bigint;
BEGIN
  INSERT INTO "fact" ("topic", "subject", "payload", "told_at") VALUES (of_topic, of_subject, of_payload, of_told_at) RETURNING "id" INTO fact_id;
  INSERT INTO "delivery" ("fact_id", "consumer") SELECT fact_id, unnest(consumers);
  PERFORM graphile_worker.add_job('deliver', json_build_object('factId', fact_id::text), queue_name => of_subject, max_attempts => 12,
    job_key => 'deliver:' || fact_id, job_key_mode => 'unsafe_dedupe');
  RETURN fact_id;
END $$;
