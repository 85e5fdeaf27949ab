-- What is dated stays in the database too; plans that are quoted; promotions that end before their day; who is certified for what it did.

-- 1. Rates keep their history -----------------------------------------------------------------------------------------------------

-- A rate that ever held says for ever what it was: it ends, and another begins.
CREATE TRIGGER rate_history BEFORE UPDATE ON "rate"
  FOR EACH ROW WHEN (OLD."valid_to" IS NOT NULL OR fixed_part(to_jsonb(OLD), 'valid_to') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'valid_to')) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rate_kept BEFORE DELETE ON "rate" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- 2. Promotions -------------------------------------------------------------------------------------------------------------------

-- `merit`: who is certified has `bps` off its plan for `months`, once a year.
DROP TRIGGER promotion_history ON "promotion";
ALTER TABLE "promotion" DROP CONSTRAINT promotion_ends;
ALTER TYPE "promotion_kind" RENAME TO "promotion_kind_before";
CREATE TYPE "promotion_kind" AS ENUM ('commission', 'referral', 'merit');
ALTER TABLE "promotion" ALTER COLUMN "kind" TYPE "promotion_kind" USING "kind"::text::"promotion_kind";
DROP TYPE "promotion_kind_before";
ALTER TABLE "promotion" ADD CONSTRAINT promotion_ends CHECK (
  CASE "kind" WHEN 'commission' THEN "valid_to" IS NOT NULL AND "ends" IS NOT NULL AND "ends" >= "valid_to" AND "then_bps" IS NOT NULL ELSE "ends" IS NULL AND "then_bps" IS NULL AND "bps" > 0 END);
-- What may be taken by a code has one of its own; the others have one row at a time, by theirs.
ALTER TABLE "promotion" ADD CONSTRAINT promotion_code CHECK (CASE "kind" WHEN 'commission' THEN "code" NOT IN ('REFERRAL', 'MERIT') WHEN 'referral' THEN "code" = 'REFERRAL' ELSE "code" = 'MERIT' END);
-- It may end before its day, never after it; whoever took it keeps what it said.
CREATE TRIGGER promotion_history BEFORE UPDATE ON "promotion"
  FOR EACH ROW WHEN (fixed_part(to_jsonb(OLD), 'valid_to') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'valid_to') OR NEW."valid_to" IS NULL OR NEW."valid_to" >= OLD."valid_to")
  EXECUTE FUNCTION refuse_change();

INSERT INTO "promotion" ("id", "kind", "code", "bps", "months", "then_bps", "valid_from", "valid_to", "ends", "source") VALUES
  ('rat_promotion_merit', 'merit', 'MERIT', 10000, 3, NULL, '2026-01-01', NULL, NULL, 'business requirements, premium access for top performers; three months by decision 0007');

-- 3. Who is certified -------------------------------------------------------------------------------------------------------------

-- Certified free of charge, by what an organisation did through us in the year before `since`: figures that never change.
CREATE TABLE "certification" (
    "org_id" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "until" DATE NOT NULL,
    "contracts" INTEGER NOT NULL,
    "turnover_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "certification_pkey" PRIMARY KEY ("org_id", "since")
);
ALTER TABLE "certification" ADD CONSTRAINT certification_one_at_a_time EXCLUDE USING gist ("org_id" WITH =, daterange("since", "until") WITH &&);
ALTER TABLE "certification" ADD CONSTRAINT certification_figures CHECK ("until" > "since" AND "contracts" > 0 AND "turnover_minor" > 0);
CREATE TRIGGER certification_append_only BEFORE UPDATE OR DELETE ON "certification" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- 4. Plans on quote ---------------------------------------------------------------------------------------------------------------

CREATE TYPE "plan_quote_status" AS ENUM ('asked', 'assigned', 'declined');

-- A plan without a price of its own, asked for by an organisation; assigned with a price a month, before tax, and dates. It is invoiced at once, paid by transfer.
CREATE TABLE "plan_quote" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "plan_quote_status" NOT NULL DEFAULT 'asked',
    "month_minor" BIGINT,
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "months" INTEGER,
    "since" DATE,
    "until" DATE,
    "order_number" TEXT NOT NULL DEFAULT '',
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "charge_id" TEXT,
    "begun_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_quote_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "plan_quote_charge_id_key" ON "plan_quote"("charge_id");
CREATE INDEX "plan_quote_org_id_idx" ON "plan_quote"("org_id");
ALTER TABLE "plan_quote" ADD CONSTRAINT "plan_quote_charge_id_fkey" FOREIGN KEY ("charge_id") REFERENCES "plan_charge"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE UNIQUE INDEX plan_quote_one_open ON "plan_quote" ("org_id", "plan") WHERE "status" = 'asked';
ALTER TABLE "plan_quote" ADD CONSTRAINT plan_quote_decided CHECK (("status" = 'asked') = ("decided_at" IS NULL) AND ("decided_at" IS NULL) = ("decided_by" IS NULL));
ALTER TABLE "plan_quote" ADD CONSTRAINT plan_quote_whole CHECK (
  CASE WHEN "status" = 'assigned' THEN "month_minor" IS NOT NULL AND "months" IS NOT NULL AND "since" IS NOT NULL AND "until" IS NOT NULL AND "charge_id" IS NOT NULL
  ELSE "month_minor" IS NULL AND "months" IS NULL AND "since" IS NULL AND "until" IS NULL AND "charge_id" IS NULL AND "begun_at" IS NULL END);
ALTER TABLE "plan_quote" ADD CONSTRAINT plan_quote_figures CHECK (coalesce("month_minor", 1) > 0 AND coalesce("months", 1) BETWEEN 1 AND 36 AND ("until" IS NULL OR "until" > "since"));
ALTER TABLE "plan_quote" ADD CONSTRAINT plan_quote_one_at_a_time EXCLUDE USING gist ("org_id" WITH =, daterange("since", "until") WITH &&) WHERE ("status" = 'assigned');
CREATE TRIGGER plan_quote_decided_once BEFORE UPDATE ON "plan_quote"
  FOR EACH ROW WHEN (OLD."status" <> 'asked' AND (OLD."begun_at" IS NOT NULL OR fixed_part(to_jsonb(OLD), 'begun_at') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'begun_at'))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER plan_quote_kept BEFORE DELETE ON "plan_quote" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- `quoted`: what was agreed by quote, for all of its months; `invoiced`: its transfer is awaited.
ALTER TYPE "plan_charge_kind" ADD VALUE 'quoted';
ALTER TYPE "plan_charge_status" ADD VALUE 'invoiced' BEFORE 'processing';
