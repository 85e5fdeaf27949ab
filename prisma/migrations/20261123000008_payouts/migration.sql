-- What a producer sees of what is paid out to it: who it is for the tax office, and where its money goes.

-- A payout may wait for what the producer still has to say.
ALTER TYPE "payout_status" ADD VALUE 'waiting' BEFORE 'sent';

-- The account that it was sent to, as it may be shown; empty where the provider alone knows it.
ALTER TABLE "payout" ADD COLUMN "sent_to" TEXT NOT NULL DEFAULT '' CONSTRAINT "payout_sent_to" CHECK ("sent_to" = '' OR "sent_to" LIKE '%••••%');

CREATE TYPE "seller_kind" AS ENUM ('individual', 'entity');

-- What directive (EU) 2021/514 (DAC7; CGI art. 1649 ter A and following) asks a platform to know of who sells on it, beside what a contract knows.
CREATE TABLE "seller" (
  "org_id" TEXT NOT NULL,
  "kind" "seller_kind" NOT NULL,
  "first_name" TEXT NOT NULL DEFAULT '',
  "last_name" TEXT NOT NULL DEFAULT '',
  "birth_date" DATE,
  "tin" TEXT NOT NULL DEFAULT '',
  "no_vat" BOOLEAN NOT NULL DEFAULT false,
  "iban_holder" TEXT NOT NULL DEFAULT '',
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "seller_pkey" PRIMARY KEY ("org_id"),
  CONSTRAINT "seller_tin" CHECK ("tin" ~ '^([A-Z0-9]{4,20})?$'),
  CONSTRAINT "seller_birth" CHECK ("birth_date" IS NULL OR ("kind" = 'individual' AND "birth_date" BETWEEN '1900-01-01' AND '2199-12-31'))
);

CREATE TYPE "iban_change_state" AS ENUM ('pending', 'used', 'stopped');

-- A new account for payouts, on its way: it counts after three days, unless somebody stops it.
CREATE TABLE "iban_change" (
  "id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "iban" TEXT NOT NULL,
  "masked" TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "state" "iban_change_state" NOT NULL DEFAULT 'pending',
  "asked_by" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "use_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "stop_hash" TEXT NOT NULL,
  CONSTRAINT "iban_change_pkey" PRIMARY KEY ("id"),
  -- The whole number is kept as long as it is needed here, and no longer.
  CONSTRAINT "iban_change_iban" CHECK (CASE WHEN "state" = 'pending' THEN "iban" ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' ELSE "iban" = '' END),
  CONSTRAINT "iban_change_masked" CHECK ("masked" LIKE '%••••%' AND "before" LIKE '%••••%'),
  CONSTRAINT "iban_change_ended" CHECK (("state" = 'pending') = ("ended_at" IS NULL)),
  CONSTRAINT "iban_change_cools" CHECK ("use_at" >= "asked_at" + interval '72 hours')
);
CREATE UNIQUE INDEX "iban_change_stop_hash_key" ON "iban_change"("stop_hash");
CREATE UNIQUE INDEX "iban_change_one_pending" ON "iban_change"("org_id") WHERE "state" = 'pending';
CREATE INDEX "iban_change_org_id_asked_at_idx" ON "iban_change"("org_id", "asked_at");

CREATE FUNCTION "iban_change_ends_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" <> 'pending' OR NEW."org_id" <> OLD."org_id" OR NEW."use_at" < OLD."use_at" OR NEW."stop_hash" <> OLD."stop_hash" OR (NEW."state" = 'pending' AND NEW."iban" <> OLD."iban") THEN
    RAISE EXCEPTION 'a change of account ends once, and is not changed itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'iban_change_ends_once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "iban_change_ends_once" BEFORE UPDATE ON "iban_change" FOR EACH ROW EXECUTE FUNCTION "iban_change_ends_once"();

-- An account that is known gives way to another by a change that was asked for and has cooled off, and by nothing else.
CREATE FUNCTION "organisation_iban_cools"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "iban_change" WHERE "org_id" = NEW."id" AND "iban" = NEW."iban" AND "state" = 'pending') THEN
    RAISE EXCEPTION 'an account is changed by asking for it' USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_iban_cools';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "organisation_iban_cools" BEFORE UPDATE OF "iban" ON "organisation" FOR EACH ROW
  WHEN (OLD."iban" <> '' AND NEW."iban" <> '' AND NEW."iban" <> OLD."iban") EXECUTE FUNCTION "organisation_iban_cools"();
