-- What organisations pay us by the month: dated prices, the plan that each has, what it was charged, and what takes something off.

-- 1. Dated prices ----------------------------------------------------------------------------------------------------------------

-- `month_minor` before tax; empty is on quote. `valid_to` is the first day on which a price no longer holds.
CREATE TABLE "plan_price" (
    "id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "month_minor" BIGINT,
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "artists_max" INTEGER,
    "super_likes" INTEGER NOT NULL DEFAULT 0,
    "trial_days" INTEGER NOT NULL DEFAULT 0,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,

    CONSTRAINT "plan_price_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "plan_price_plan_valid_from_idx" ON "plan_price"("plan", "valid_from");
ALTER TABLE "plan_price" ADD CONSTRAINT plan_price_one_at_a_time EXCLUDE USING gist ("plan" WITH =, "currency" WITH =, daterange("valid_from", "valid_to") WITH &&);
ALTER TABLE "plan_price" ADD CONSTRAINT plan_price_days CHECK ("valid_to" IS NULL OR "valid_to" > "valid_from");
ALTER TABLE "plan_price" ADD CONSTRAINT plan_price_figures CHECK (coalesce("month_minor", 0) >= 0 AND coalesce("artists_max", 0) >= 0 AND "super_likes" >= 0 AND "trial_days" BETWEEN 0 AND 90);
-- A price that ever held says for ever what it was: it ends, and another begins.
CREATE TRIGGER plan_price_history BEFORE UPDATE ON "plan_price"
  FOR EACH ROW WHEN (OLD."valid_to" IS NOT NULL OR fixed_part(to_jsonb(OLD), 'valid_to') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'valid_to')) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER plan_price_kept BEFORE DELETE ON "plan_price" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Sources: the founding business requirements (BI-01 to BI-06), and for what they leave open docs/decisions/0006-plans.md, 2026-11-21.
INSERT INTO "plan_price" ("id", "plan", "month_minor", "artists_max", "super_likes", "trial_days", "valid_from", "source") VALUES
  ('rat_plan_artist_free',         'artist_free',             0, NULL,   0,  0, '2026-01-01', 'decision 0006: whoever plays is found without paying'),
  ('rat_plan_artist_pro',          'artist_pro',           2900, NULL,   5, 30, '2026-01-01', 'business requirements, artist pro'),
  ('rat_plan_booker_free',         'booker_free',             0,    1,   0,  0, '2026-01-01', 'decision 0006: one artist to try with'),
  ('rat_plan_booker_starter',      'booker_starter',       9900,    5,  10, 30, '2026-01-01', 'business requirements, booker starter, one to five artists'),
  ('rat_plan_booker_professional', 'booker_professional', 29900,   15,  30, 30, '2026-01-01', 'business requirements, booker professional, six to fifteen artists'),
  ('rat_plan_booker_agency',       'booker_agency',       59900, NULL, 100, 30, '2026-01-01', 'business requirements, booker agency, sixteen artists and more'),
  ('rat_plan_booker_enterprise',   'booker_enterprise',    NULL, NULL,   0,  0, '2026-01-01', 'business requirements, enterprise, on quote'),
  ('rat_plan_venue_free',          'venue_free',              0, NULL,   0,  0, '2026-01-01', 'decision 0006: whoever asks for a show does not pay for asking'),
  ('rat_plan_venue_premium',       'venue_premium',        4900, NULL,  10, 30, '2026-01-01', 'business requirements, venue premium; cinemas as venues'),
  ('rat_plan_camping_free',        'camping_free',            0, NULL,   0,  0, '2026-01-01', 'decision 0006'),
  ('rat_plan_camping_season',      'camping_season',       3900, NULL,  10, 30, '2026-01-01', 'decision 0006: venue premium, less what a campsite does not open in winter'),
  ('rat_plan_town_free',           'town_free',               0, NULL,   0,  0, '2026-01-01', 'decision 0006'),
  ('rat_plan_town_service',        'town_service',         NULL, NULL,   0,  0, '2026-01-01', 'decision 0006: 588.00 a year on a purchase order, by quote'),
  ('rat_plan_technician_free',     'technician_free',         0, NULL,   0,  0, '2026-01-01', 'decision 0006: nothing may be taken from who looks for work (L5321-3, FEE-03)'),
  ('rat_plan_person_free',         'person_free',             0, NULL,   0,  0, '2026-01-01', 'decision 0006');

-- A booker's rate by its turnover through us in the year before, instead of the contract's band where it is lower. `up_to_minor` is a turnover.
INSERT INTO "rate" ("id", "kind", "up_to_minor", "currency", "bps", "valid_from", "source") VALUES
  ('rat_booker_eur_1', 'commission.booker',  4999999, 'EUR', 800, '2026-01-01', 'booker scale of 2026, turnover below 50,000'),
  ('rat_booker_eur_2', 'commission.booker', 20000000, 'EUR', 600, '2026-01-01', 'booker scale of 2026, turnover from 50,000 to 200,000'),
  ('rat_booker_eur_3', 'commission.booker',     NULL, 'EUR', 400, '2026-01-01', 'booker scale of 2026, turnover above 200,000'),
-- Points taken off a booker's rate; `up_to_minor` is a number of contracts in the year before.
  ('rat_volume_eur_1', 'commission.volume',      100, 'EUR',   0, '2026-01-01', 'a hundred contracts a year or fewer'),
  ('rat_volume_eur_2', 'commission.volume',     NULL, 'EUR', 100, '2026-01-01', 'one point less above a hundred contracts a year'),
-- What of a month's price is given back, by the turnover of the year before.
  ('rat_cashback_eur_1', 'cashback.volume',  4999999, 'EUR',    0, '2026-01-01', 'decision 0006, turnover below 50,000'),
  ('rat_cashback_eur_2', 'cashback.volume', 20000000, 'EUR', 1000, '2026-01-01', 'decision 0006, turnover from 50,000 to 200,000'),
  ('rat_cashback_eur_3', 'cashback.volume',     NULL, 'EUR', 2000, '2026-01-01', 'decision 0006, turnover above 200,000'),
-- What we take where something else than a show is sold through us, by its amount (ES-24).
  ('rat_lodging_eur_1', 'marketplace.lodging', 100000, 'EUR',  800, '2026-01-01', 'business requirements, lodging 5 to 8 %: up to 1,000'),
  ('rat_lodging_eur_2', 'marketplace.lodging',   NULL, 'EUR',  500, '2026-01-01', 'business requirements, lodging 5 to 8 %: above 1,000'),
  ('rat_crew_eur_1',    'marketplace.crew',      NULL, 'EUR', 1000, '2026-01-01', 'business requirements, technical crews 10 %, of whoever engages (FEE-03)'),
  ('rat_transport_eur_1', 'marketplace.transport', NULL, 'EUR', 500, '2026-01-01', 'decision 0006, a margin that the requirements do not give'),
  ('rat_insurance_eur_1', 'marketplace.insurance', NULL, 'EUR',   0, '2026-01-01', 'decision 0006: the insurer pays us, who insures does not');

-- 2. What takes something off ----------------------------------------------------------------------------------------------------

CREATE TYPE "promotion_kind" AS ENUM ('commission', 'referral');

-- `commission`: who gives its code between `valid_from` and `valid_to` has `bps` for `months`, then `then_bps` until `ends`.
-- `referral`: who brought a paying customer has `bps` off its plan for `months`.
CREATE TABLE "promotion" (
    "id" TEXT NOT NULL,
    "kind" "promotion_kind" NOT NULL,
    "code" TEXT NOT NULL,
    "bps" INTEGER NOT NULL,
    "months" INTEGER NOT NULL,
    "then_bps" INTEGER,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "ends" DATE,
    "source" TEXT NOT NULL,

    CONSTRAINT "promotion_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "promotion" ADD CONSTRAINT promotion_one_at_a_time EXCLUDE USING gist ("code" WITH =, daterange("valid_from", "valid_to") WITH &&);
ALTER TABLE "promotion" ADD CONSTRAINT promotion_days CHECK ("valid_to" IS NULL OR "valid_to" > "valid_from");
ALTER TABLE "promotion" ADD CONSTRAINT promotion_figures CHECK ("bps" BETWEEN 0 AND 10000 AND "months" BETWEEN 1 AND 36 AND coalesce("then_bps", 0) BETWEEN 0 AND 10000);
ALTER TABLE "promotion" ADD CONSTRAINT promotion_ends CHECK ("kind" <> 'commission' OR ("valid_to" IS NOT NULL AND "ends" >= "valid_to" AND "then_bps" IS NOT NULL));
CREATE TRIGGER promotion_history BEFORE UPDATE ON "promotion"
  FOR EACH ROW WHEN (OLD."valid_to" IS NOT NULL OR fixed_part(to_jsonb(OLD), 'valid_to') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'valid_to')) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promotion_kept BEFORE DELETE ON "promotion" FOR EACH ROW EXECUTE FUNCTION refuse_change();

INSERT INTO "promotion" ("id", "kind", "code", "bps", "months", "then_bps", "valid_from", "valid_to", "ends", "source") VALUES
  ('rat_promotion_pioneer',  'commission', 'PIONEER',    0, 3, 800, '2026-11-21', '2027-07-01', '2028-07-01', 'business requirements, early adopters: 0 % for three months, then 8 %; end dates by decision 0006'),
  ('rat_promotion_referral', 'referral',   'REFERRAL', 5000, 3, NULL, '2026-01-01', NULL, NULL, 'business requirements, 50 % of the plan for three months for each booker brought');

-- One promotion for an organisation, once.
CREATE TABLE "promotion_grant" (
    "org_id" TEXT NOT NULL,
    "promotion_id" TEXT NOT NULL,
    "since" DATE NOT NULL,

    CONSTRAINT "promotion_grant_pkey" PRIMARY KEY ("org_id")
);
ALTER TABLE "promotion_grant" ADD CONSTRAINT "promotion_grant_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER promotion_grant_once BEFORE UPDATE OR DELETE ON "promotion_grant" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Who brought whom, once for each that was brought. `paid_at`: since its first payment.
CREATE TABLE "referral" (
    "referee_org_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),

    CONSTRAINT "referral_pkey" PRIMARY KEY ("referee_org_id")
);
CREATE INDEX "referral_org_id_idx" ON "referral"("org_id");
ALTER TABLE "referral" ADD CONSTRAINT referral_of_another CHECK ("referee_org_id" <> "org_id");
CREATE TRIGGER referral_paid_once BEFORE UPDATE ON "referral" FOR EACH ROW WHEN (OLD."paid_at" IS NOT NULL) EXECUTE FUNCTION refuse_change();

-- Months of a plan with something off, used one for each month that is charged.
CREATE TABLE "plan_discount" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "bps" INTEGER NOT NULL,
    "months" INTEGER NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plan_discount_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "plan_discount_cause_key" ON "plan_discount"("cause");
CREATE INDEX "plan_discount_org_id_idx" ON "plan_discount"("org_id");
ALTER TABLE "plan_discount" ADD CONSTRAINT plan_discount_used CHECK ("bps" BETWEEN 1 AND 10000 AND "months" >= 1 AND "used" BETWEEN 0 AND "months");

-- Super Likes granted and used: append-only, `after` is what is left, never less than nothing.
CREATE TABLE "super_like" (
    "org_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "after" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "super_like_pkey" PRIMARY KEY ("org_id", "seq")
);
CREATE UNIQUE INDEX "super_like_cause_key" ON "super_like"("cause");
ALTER TABLE "super_like" ADD CONSTRAINT super_like_not_negative CHECK ("after" >= 0 AND "n" <> 0 AND "seq" >= 1);
CREATE FUNCTION check_super_like() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."after" <> NEW."n" + coalesce((SELECT "after" FROM "super_like" WHERE "org_id" = NEW."org_id" AND "seq" = NEW."seq" - 1), 0)
    OR (NEW."seq" > 1 AND NOT EXISTS (SELECT FROM "super_like" WHERE "org_id" = NEW."org_id" AND "seq" = NEW."seq" - 1)) THEN
    RAISE EXCEPTION 'a Super Like of % does not follow the one before: it breaks constraint "super_like_follows"', NEW."org_id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'super_like_follows', TABLE = 'super_like';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER super_like_follows BEFORE INSERT ON "super_like" FOR EACH ROW EXECUTE FUNCTION check_super_like();
CREATE TRIGGER super_like_append_only BEFORE UPDATE OR DELETE ON "super_like" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- 3. The plan that an organisation has --------------------------------------------------------------------------------------------

CREATE TYPE "subscription_state" AS ENUM ('trial', 'active', 'past_due', 'cancelled', 'ended');

-- `until` is the first day that is not paid for, or not tried any more. Without a row, and once ended, an organisation has the free plan of its kind.
CREATE TABLE "subscription" (
    "org_id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "state" "subscription_state" NOT NULL,
    "since" DATE NOT NULL,
    "until" DATE NOT NULL,
    "anchor" INTEGER NOT NULL,
    "paid_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "next_plan" TEXT,
    "tried" BOOLEAN NOT NULL DEFAULT false,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("org_id")
);
CREATE INDEX "subscription_plan_state_idx" ON "subscription"("plan", "state");
ALTER TABLE "subscription" ADD CONSTRAINT subscription_figures CHECK ("until" > "since" AND "anchor" BETWEEN 1 AND 31 AND "paid_minor" >= 0 AND "tries" BETWEEN 0 AND 3);
ALTER TABLE "subscription" ADD CONSTRAINT subscription_past_due CHECK (("state" = 'past_due') = ("tries" > 0));

-- The card that a plan is charged to. `setup_ref`: the attempt to save one that is under way.
CREATE TABLE "plan_card" (
    "org_id" TEXT NOT NULL,
    "turn" INTEGER NOT NULL DEFAULT 1,
    "setup_ref" TEXT,
    "customer_ref" TEXT,
    "method_ref" TEXT,
    "label" TEXT NOT NULL DEFAULT '',
    "saved_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_card_pkey" PRIMARY KEY ("org_id")
);
CREATE UNIQUE INDEX "plan_card_setup_ref_key" ON "plan_card"("setup_ref");
ALTER TABLE "plan_card" ADD CONSTRAINT plan_card_whole CHECK (("customer_ref" IS NULL) = ("method_ref" IS NULL) AND ("method_ref" IS NULL) = ("saved_at" IS NULL));

CREATE TYPE "plan_charge_kind" AS ENUM ('first', 'upgrade', 'renewal');
CREATE TYPE "plan_charge_status" AS ENUM ('processing', 'captured', 'refused', 'dropped');

-- What was asked of a card for a plan, from `since` up to and without `until`. `full_minor` less `off_minor` is the net.
CREATE TABLE "plan_charge" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "kind" "plan_charge_kind" NOT NULL,
    "plan" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "until" DATE NOT NULL,
    "full_minor" BIGINT NOT NULL,
    "off_minor" BIGINT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "vat_bps" INTEGER NOT NULL,
    "vat_minor" BIGINT NOT NULL,
    "vat_citation" TEXT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "discount_id" TEXT,
    "status" "plan_charge_status" NOT NULL DEFAULT 'processing',
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "provider_ref" TEXT,
    "refusal" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "captured_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_charge_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "plan_charge_provider_ref_key" ON "plan_charge"("provider_ref");
CREATE INDEX "plan_charge_org_id_created_at_idx" ON "plan_charge"("org_id", "created_at");
CREATE UNIQUE INDEX plan_charge_one_open ON "plan_charge" ("org_id") WHERE "status" IN ('processing', 'refused');
-- A month is charged once.
CREATE UNIQUE INDEX plan_charge_one_a_month ON "plan_charge" ("org_id", "since") WHERE "kind" = 'renewal' AND "status" <> 'dropped';
ALTER TABLE "plan_charge" ADD CONSTRAINT plan_charge_adds_up
  CHECK ("net_minor" = "full_minor" - "off_minor" AND "off_minor" >= 0 AND "net_minor" >= 0 AND "vat_minor" >= 0 AND "total_minor" = "net_minor" + "vat_minor" AND "vat_bps" BETWEEN 0 AND 10000 AND "until" > "since" AND "attempts" BETWEEN 1 AND 99);
ALTER TABLE "plan_charge" ADD CONSTRAINT plan_charge_captured CHECK (("status" = 'captured') = ("captured_at" IS NOT NULL));
CREATE TRIGGER plan_charge_captured_fixed BEFORE UPDATE ON "plan_charge" FOR EACH ROW WHEN (OLD."status" = 'captured') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER plan_charge_kept BEFORE DELETE ON "plan_charge" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Our invoice of a captured charge: in a series of its own, without a gap, never changed.
CREATE TABLE "plan_invoice" (
    "id" TEXT NOT NULL,
    "charge_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "vat_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "issued_day" DATE NOT NULL,
    "content" JSONB NOT NULL,
    "file_id" TEXT NOT NULL,
    "xml_file_id" TEXT NOT NULL,
    "ubl_file_id" TEXT,

    CONSTRAINT "plan_invoice_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "plan_invoice_charge_id_key" ON "plan_invoice"("charge_id");
CREATE UNIQUE INDEX "plan_invoice_series_sequence_key" ON "plan_invoice"("series", "sequence");
CREATE INDEX "plan_invoice_org_id_idx" ON "plan_invoice"("org_id");
ALTER TABLE "plan_invoice" ADD CONSTRAINT "plan_invoice_charge_id_fkey" FOREIGN KEY ("charge_id") REFERENCES "plan_charge"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_invoice" ADD CONSTRAINT plan_invoice_adds_up CHECK ("total_minor" = "net_minor" + "vat_minor" AND "total_minor" > 0 AND "sequence" >= 1);
CREATE TRIGGER plan_invoice_append_only BEFORE UPDATE OR DELETE ON "plan_invoice" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER plan_invoice_kept BEFORE TRUNCATE ON "plan_invoice" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
