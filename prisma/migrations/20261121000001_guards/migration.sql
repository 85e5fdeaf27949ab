-- What must hold whatever the code does. Each rule has a name; server/core/database.ts `conflict` reads it from the error.
-- Valid from PostgreSQL 15 on. Days are dates, instants timestamptz, amounts minor units, rates basis points.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- 1. What was told, booked or filed is never changed -----------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of "%" refused: it breaks constraint "%"', TG_OP, TG_TABLE_NAME, TG_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER fact_append_only BEFORE UPDATE OR DELETE ON "fact" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE ON "transfer" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON "entry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER timeline_entry_append_only BEFORE UPDATE OR DELETE ON "timeline_entry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fact_kept BEFORE TRUNCATE ON "fact" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_kept BEFORE TRUNCATE ON "transfer" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_kept BEFORE TRUNCATE ON "entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER timeline_entry_kept BEFORE TRUNCATE ON "timeline_entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_kept BEFORE TRUNCATE ON "invoice" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A press photo may be taken away again; a contract, an invoice or an evidence file never.
CREATE TRIGGER file_content_fixed BEFORE UPDATE OF "id", "org_id", "name", "mime", "sha256", "size", "bytes", "created_at" ON "file"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_document_kept BEFORE DELETE ON "file" FOR EACH ROW WHEN (NOT OLD."is_public") EXECUTE FUNCTION refuse_change();
-- Else a document could be made public, and then removed.
CREATE TRIGGER file_stays_private BEFORE UPDATE ON "file"
  FOR EACH ROW WHEN (NEW."is_public" AND NOT OLD."is_public") EXECUTE FUNCTION refuse_change();

-- The row as it stands, without the columns that may still change.
CREATE FUNCTION fixed_part(whole jsonb, VARIADIC free text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$ SELECT whole - free $$;

CREATE TRIGGER invoice_never_deleted BEFORE DELETE ON "invoice" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_content_fixed BEFORE UPDATE ON "invoice"
  FOR EACH ROW WHEN (fixed_part(to_jsonb(OLD), 'paid_minor', 'paid_at') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'paid_minor', 'paid_at'))
  EXECUTE FUNCTION refuse_change();

-- An offer leaves `sent` once; its terms never change: a counter-offer is a new one.
CREATE TRIGGER offer_leaves_sent_once BEFORE UPDATE ON "offer"
  FOR EACH ROW WHEN (OLD."status" <> 'sent' AND NEW."status" IS DISTINCT FROM OLD."status") EXECUTE FUNCTION refuse_change();
CREATE TRIGGER offer_terms_fixed BEFORE UPDATE ON "offer"
  FOR EACH ROW WHEN (fixed_part(to_jsonb(OLD), 'status', 'answered_at', 'reason') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'status', 'answered_at', 'reason'))
  EXECUTE FUNCTION refuse_change();

-- A signature is never taken back, nor what was said with it.
CREATE TRIGGER signer_signed_once BEFORE UPDATE ON "signer"
  FOR EACH ROW WHEN (OLD."signed_at" IS NOT NULL AND fixed_part(to_jsonb(OLD), 'viewed_at') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'viewed_at'))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signer_kept BEFORE DELETE ON "signer" FOR EACH ROW WHEN (OLD."signed_at" IS NOT NULL) EXECUTE FUNCTION refuse_change();

-- A signed contract says for ever what was signed.
CREATE TRIGGER contract_signed_fixed BEFORE UPDATE ON "contract"
  FOR EACH ROW WHEN (OLD."signed_at" IS NOT NULL AND fixed_part(to_jsonb(OLD), 'status', 'sealed_file_id', 'evidence_file_id')
    IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'status', 'sealed_file_id', 'evidence_file_id'))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contract_kept BEFORE DELETE ON "contract" FOR EACH ROW WHEN (OLD."signed_at" IS NOT NULL) EXECUTE FUNCTION refuse_change();

-- 2. The ledger ------------------------------------------------------------------------------------------------------------------

-- Looked at when the transaction ends, once all entries of a transfer are there.
CREATE FUNCTION check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which text := CASE TG_TABLE_NAME WHEN 'transfer' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'transfer_id' END;
BEGIN
  IF (SELECT count(*) FROM "entry" WHERE "transfer_id" = which) < 2 THEN
    RAISE EXCEPTION 'transfer % has fewer than two entries: it breaks constraint "transfer_has_entries"', which
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_has_entries', TABLE = 'transfer';
  END IF;
  IF EXISTS (SELECT FROM "entry" WHERE "transfer_id" = which GROUP BY "currency" HAVING sum("minor") <> 0) THEN
    RAISE EXCEPTION 'the entries of transfer % do not sum to zero: it breaks constraint "transfer_sums_to_zero"', which
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_sums_to_zero', TABLE = 'transfer';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER transfer_has_entries AFTER INSERT ON "transfer" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_transfer();
CREATE CONSTRAINT TRIGGER transfer_sums_to_zero AFTER INSERT ON "entry" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_transfer();

-- What is held for a booking is kept beside its entries, and is never less than nothing. The row is the lock of the account.
CREATE FUNCTION keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "balance" ("account", "currency", "minor") VALUES (NEW."account", NEW."currency", 0) ON CONFLICT DO NOTHING;
  UPDATE "balance" SET "minor" = "minor" + NEW."minor" WHERE "account" = NEW."account" AND "currency" = NEW."currency";
  RETURN NULL;
END $$;

CREATE TRIGGER entry_keeps_balance AFTER INSERT ON "entry" FOR EACH ROW WHEN (NEW."account" LIKE 'escrow:%') EXECUTE FUNCTION keep_balance();
ALTER TABLE "balance" ADD CONSTRAINT balance_not_negative CHECK ("minor" >= 0);
-- Entries alone move it: nobody writes a balance.
CREATE TRIGGER balance_follows_entries BEFORE INSERT OR UPDATE OR DELETE ON "balance"
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change();

-- 3. One of what can be only one -------------------------------------------------------------------------------------------------

CREATE UNIQUE INDEX offer_one_sent ON "offer" ("booking_id") WHERE "status" = 'sent';
CREATE UNIQUE INDEX offer_one_accepted ON "offer" ("booking_id") WHERE "status" = 'accepted';
CREATE UNIQUE INDEX hold_live_rank ON "hold" ("org_id", "day", "rank") WHERE "status" = 'live';
CREATE UNIQUE INDEX hold_live_booking ON "hold" ("booking_id", "day") WHERE "status" = 'live';

-- On each day one figure for each kind and band; `valid_to` is the first day on which it no longer holds.
ALTER TABLE "rate" ADD CONSTRAINT rate_one_at_a_time
  EXCLUDE USING gist ("kind" WITH =, "currency" WITH =, (coalesce("up_to_minor", -1)) WITH =, daterange("valid_from", "valid_to") WITH &&);

-- 4. Values that can be ------------------------------------------------------------------------------------------------------------

ALTER TABLE "offer" ADD CONSTRAINT offer_price_positive CHECK ("price_minor" > 0);
ALTER TABLE "hold" ADD CONSTRAINT hold_rank_from_one CHECK ("rank" >= 1);
ALTER TABLE "payment" ADD CONSTRAINT payment_positive CHECK ("minor" > 0);
ALTER TABLE "payout" ADD CONSTRAINT payout_positive CHECK ("minor" > 0);
ALTER TABLE "contract" ADD CONSTRAINT contract_adds_up CHECK ("price_minor" > 0 AND "vat_minor" >= 0 AND "total_minor" = "price_minor" + "vat_minor");
ALTER TABLE "invoice" ADD CONSTRAINT invoice_adds_up CHECK ("total_minor" = "net_minor" + "vat_minor" AND "paid_minor" BETWEEN 0 AND "total_minor");
ALTER TABLE "invoice" ADD CONSTRAINT invoice_sequence_from_one CHECK ("sequence" >= 1);
ALTER TABLE "invoice_series" ADD CONSTRAINT invoice_series_from_zero CHECK ("last" >= 0);

ALTER TABLE "rate" ADD CONSTRAINT rate_bps CHECK ("bps" BETWEEN 0 AND 10000);
ALTER TABLE "rate" ADD CONSTRAINT rate_days CHECK ("valid_to" IS NULL OR "valid_to" > "valid_from");
ALTER TABLE "contract" ADD CONSTRAINT contract_bps CHECK ("vat_bps" BETWEEN 0 AND 10000 AND "commission_bps" BETWEEN 0 AND 10000);
ALTER TABLE "invoice" ADD CONSTRAINT invoice_bps CHECK ("vat_bps" BETWEEN 0 AND 10000);
ALTER TABLE "match_score" ADD CONSTRAINT match_score_range CHECK ("score" BETWEEN 0 AND 100 AND "confidence" BETWEEN 0 AND 1);

ALTER TABLE "request" ADD CONSTRAINT request_start_time CHECK ("start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "offer" ADD CONSTRAINT offer_start_time CHECK ("start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "show" ADD CONSTRAINT show_start_time CHECK ("start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "request" ADD CONSTRAINT request_amounts CHECK ("budget_minor" >= 0 AND "audience" >= 0 AND "shows" >= 1);
ALTER TABLE "request" ADD CONSTRAINT request_season CHECK ("season_until" IS NULL OR "season_until" >= "show_day");
ALTER TABLE "epk" ADD CONSTRAINT epk_slug CHECK ("slug" ~ '^[a-z0-9-]{2,60}$');
ALTER TABLE "venue" ADD CONSTRAINT venue_slug CHECK ("slug" ~ '^[a-z0-9-]{2,60}$');
ALTER TABLE "site_key" ADD CONSTRAINT site_key_format CHECK ("key" ~ '^pk_[0-9A-Za-z_]{8,64}$');
ALTER TABLE "clock" ADD CONSTRAINT clock_single CHECK ("id" = 1 AND "ahead_ms" >= 0);
