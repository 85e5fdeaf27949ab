-- CreateEnum
CREATE TYPE "verdict" AS ENUM ('pass', 'like', 'super_like');

-- CreateEnum
CREATE TYPE "match_status" AS ENUM ('open', 'contacted', 'expired');

-- CreateEnum
CREATE TYPE "fitted_model_state" AS ENUM ('serving', 'refused', 'retired', 'damaged');

-- AlterTable
ALTER TABLE "show" ADD COLUMN     "attendance" INTEGER;

-- CreateTable
CREATE TABLE "sheet" (
    "org_id" TEXT NOT NULL,
    "level" TEXT,
    "settings" TEXT[],
    "audiences" TEXT[],
    "lyrics" TEXT[],
    "weekdays" INTEGER[],
    "backline" TEXT[],
    "influences" TEXT[],
    "ticket_minor" INTEGER,
    "lead_days" INTEGER,
    "deposit_percent" INTEGER,
    "family" BOOLEAN,
    "outdoor" BOOLEAN,
    "stage_metres" INTEGER,
    "inputs" INTEGER,
    "kilowatts" INTEGER,
    "decibels" INTEGER,
    "crew" INTEGER,
    "listeners" INTEGER,
    "listeners_percent" INTEGER,
    "followers" INTEGER,
    "engagement" INTEGER,
    "growth_percent" INTEGER,
    "mobility_km" INTEGER,
    "rest_days" INTEGER,
    "autonomous" BOOLEAN,
    "place_kind" TEXT,
    "fill_percent" INTEGER,
    "season" INTEGER[],
    "days_to_pay" INTEGER,
    "funding_minor" BIGINT,
    "covered" BOOLEAN,
    "step_free" BOOLEAN,
    "load_in" BOOLEAN,
    "parking" BOOLEAN,
    "transit" BOOLEAN,
    "curfew" TEXT,
    "figures_at" DATE,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sheet_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "exclusivity" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lng" DOUBLE PRECISION NOT NULL,
    "km" INTEGER NOT NULL,
    "from" DATE NOT NULL,
    "until" DATE NOT NULL,

    CONSTRAINT "exclusivity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "choice" (
    "org_id" TEXT NOT NULL,
    "other_org_id" TEXT NOT NULL,
    "verdict" "verdict",
    "favourite" BOOLEAN NOT NULL DEFAULT false,
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "message" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "choice_pkey" PRIMARY KEY ("org_id","other_org_id")
);

-- CreateTable
CREATE TABLE "match" (
    "id" TEXT NOT NULL,
    "artist_org_id" TEXT NOT NULL,
    "place_org_id" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "status" "match_status" NOT NULL DEFAULT 'open',
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "contacted_at" TIMESTAMPTZ(3),
    "booking_id" TEXT,

    CONSTRAINT "match_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_search" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "seen" TEXT NOT NULL,
    "filters" JSONB NOT NULL,
    "sort" TEXT NOT NULL DEFAULT 'score',
    "alert" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,
    "found" TEXT[],

    CONSTRAINT "saved_search_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sighting" (
    "id" BIGSERIAL NOT NULL,
    "org_id" TEXT NOT NULL,
    "other_org_id" TEXT NOT NULL,
    "seeker" TEXT NOT NULL,
    "scorecard" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "position" INTEGER,
    "score" DOUBLE PRECISION NOT NULL,
    "degrees" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sighting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fitted_model" (
    "id" TEXT NOT NULL,
    "scorecard" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    "status" "fitted_model_state" NOT NULL,
    "reason" TEXT NOT NULL,
    "fitted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fitted_model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rating" (
    "booking_id" TEXT NOT NULL,
    "by_org_id" TEXT NOT NULL,
    "about_org_id" TEXT NOT NULL,
    "stars" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rating_pkey" PRIMARY KEY ("booking_id","by_org_id")
);

-- CreateTable
CREATE TABLE "matching_wish" (
    "org_id" TEXT NOT NULL,
    "exceptional" BOOLEAN NOT NULL DEFAULT true,
    "mails" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "matching_wish_pkey" PRIMARY KEY ("org_id")
);

-- CreateIndex
CREATE INDEX "exclusivity_org_id_idx" ON "exclusivity"("org_id");

-- CreateIndex
CREATE INDEX "choice_other_org_id_verdict_idx" ON "choice"("other_org_id", "verdict");

-- CreateIndex
CREATE INDEX "match_place_org_id_idx" ON "match"("place_org_id");

-- CreateIndex
CREATE UNIQUE INDEX "match_artist_org_id_place_org_id_key" ON "match"("artist_org_id", "place_org_id");

-- CreateIndex
CREATE INDEX "saved_search_org_id_idx" ON "saved_search"("org_id");

-- CreateIndex
CREATE INDEX "sighting_at_idx" ON "sighting"("at");

-- CreateIndex
CREATE INDEX "sighting_org_id_other_org_id_idx" ON "sighting"("org_id", "other_org_id");

-- CreateIndex
CREATE UNIQUE INDEX "fitted_model_scorecard_version_key" ON "fitted_model"("scorecard", "version");

-- CreateIndex
CREATE INDEX "rating_about_org_id_idx" ON "rating"("about_org_id");


-- Figures that cannot be.
ALTER TABLE "sheet" ADD CONSTRAINT "sheet_ranges" CHECK (
  coalesce("ticket_minor", 0) >= 0 AND coalesce("lead_days", 0) BETWEEN 0 AND 730 AND coalesce("deposit_percent", 0) BETWEEN 0 AND 100 AND coalesce("stage_metres", 0) >= 0 AND coalesce("inputs", 0) >= 0
  AND coalesce("kilowatts", 0) >= 0 AND coalesce("decibels", 0) BETWEEN 0 AND 140 AND coalesce("listeners", 0) >= 0 AND coalesce("listeners_percent", 0) BETWEEN 0 AND 100 AND coalesce("followers", 0) >= 0
  AND coalesce("engagement", 0) BETWEEN 0 AND 1000 AND coalesce("growth_percent", 0) BETWEEN -100 AND 10000 AND coalesce("mobility_km", 0) BETWEEN 0 AND 20000 AND coalesce("fill_percent", 0) BETWEEN 0 AND 100
  AND coalesce("days_to_pay", 0) BETWEEN 0 AND 365 AND coalesce("funding_minor", 0) >= 0 AND cardinality("season") IN (0, 12));
ALTER TABLE "rating" ADD CONSTRAINT "rating_stars" CHECK ("stars" BETWEEN 1 AND 5);
ALTER TABLE "exclusivity" ADD CONSTRAINT "exclusivity_span" CHECK ("until" >= "from" AND "km" BETWEEN 1 AND 2000 AND "lat" BETWEEN -90 AND 90 AND "lng" BETWEEN -180 AND 180);
ALTER TABLE "choice" ADD CONSTRAINT "choice_of_another" CHECK ("org_id" <> "other_org_id");
ALTER TABLE "show" ADD CONSTRAINT "show_attendance" CHECK ("attendance" IS NULL OR "attendance" BETWEEN 0 AND 1000000);
-- Of each scorecard one model serves.
CREATE UNIQUE INDEX "fitted_model_serving" ON "fitted_model" ("scorecard") WHERE "status" = 'serving';

-- Who keeps profiles in memory hears of each that changed, once its transaction is committed. Its arguments are the columns that name an organisation.
CREATE FUNCTION tell_profile() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "named" text;
  "of_org" text;
BEGIN
  FOREACH "named" IN ARRAY TG_ARGV LOOP
    IF TG_OP <> 'DELETE' THEN
      "of_org" := to_jsonb(NEW) ->> "named";
      IF "of_org" IS NOT NULL THEN PERFORM pg_notify('profiles', "of_org"); END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
      "of_org" := to_jsonb(OLD) ->> "named";
      IF "of_org" IS NOT NULL THEN PERFORM pg_notify('profiles', "of_org"); END IF;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER "sheet_told" AFTER INSERT OR UPDATE OR DELETE ON "sheet" FOR EACH ROW EXECUTE FUNCTION tell_profile('org_id');
CREATE TRIGGER "epk_told" AFTER INSERT OR UPDATE OR DELETE ON "epk" FOR EACH ROW EXECUTE FUNCTION tell_profile('org_id');
CREATE TRIGGER "venue_told" AFTER INSERT OR UPDATE OR DELETE ON "venue" FOR EACH ROW EXECUTE FUNCTION tell_profile('org_id');
CREATE TRIGGER "day_mark_told" AFTER INSERT OR UPDATE OR DELETE ON "day_mark" FOR EACH ROW EXECUTE FUNCTION tell_profile('org_id');
CREATE TRIGGER "slot_told" AFTER INSERT OR UPDATE OR DELETE ON "slot" FOR EACH ROW EXECUTE FUNCTION tell_profile('org_id');
CREATE TRIGGER "hold_told" AFTER INSERT OR UPDATE OF "status" OR DELETE ON "hold" FOR EACH ROW EXECUTE FUNCTION tell_profile('org_id');
CREATE TRIGGER "show_told" AFTER INSERT OR UPDATE OR DELETE ON "show" FOR EACH ROW EXECUTE FUNCTION tell_profile('org_id', 'stage_org_id', 'buyer_org_id');
CREATE TRIGGER "rating_told" AFTER INSERT OR UPDATE OR DELETE ON "rating" FOR EACH ROW EXECUTE FUNCTION tell_profile('about_org_id');
CREATE TRIGGER "exclusivity_told" AFTER INSERT OR UPDATE OR DELETE ON "exclusivity" FOR EACH ROW EXECUTE FUNCTION tell_profile('org_id');
CREATE TRIGGER "organisation_told" AFTER UPDATE OF "licence_until", "country", "name", "claimed" ON "organisation" FOR EACH ROW EXECUTE FUNCTION tell_profile('id');
