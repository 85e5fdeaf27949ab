-- What a booker may take for an artist: the caps of the law as dated rows, and what both sides of a mandate agreed.

-- 1. The law ----------------------------------------------------------------------------------------------------------------------

-- The most that an agent may take of an artist's gross remuneration. An empty `career`, `solo` or `max_days` holds for either or any; the row of the shortest engagement that reaches counts.
CREATE TABLE "fee_cap" (
    "id" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "career" BOOLEAN,
    "solo" BOOLEAN,
    "max_days" INTEGER,
    "bps" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,
    CONSTRAINT "fee_cap_pkey" PRIMARY KEY ("id"),
    CONSTRAINT fee_cap_bps CHECK ("bps" BETWEEN 0 AND 10000),
    CONSTRAINT fee_cap_days CHECK ("valid_to" IS NULL OR "valid_to" > "valid_from"),
    CONSTRAINT fee_cap_max_days CHECK ("max_days" > 0),
    CONSTRAINT fee_cap_one_at_a_time EXCLUDE USING gist ("country" WITH =, (coalesce("career"::int, -1)) WITH =, (coalesce("solo"::int, -1)) WITH =, (coalesce("max_days", -1)) WITH =, daterange("valid_from", "valid_to") WITH &&)
);
CREATE INDEX "fee_cap_country_valid_from_idx" ON "fee_cap"("country", "valid_from");
CREATE TRIGGER fee_cap_history BEFORE UPDATE ON "fee_cap"
  FOR EACH ROW WHEN (OLD."valid_to" IS NOT NULL OR fixed_part(to_jsonb(OLD), 'valid_to') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'valid_to')) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fee_cap_kept BEFORE DELETE ON "fee_cap" FOR EACH ROW EXECUTE FUNCTION refuse_change();

INSERT INTO "fee_cap" ("id", "country", "career", "solo", "max_days", "bps", "rule", "valid_from", "valid_to", "source") VALUES
  ('rat_cap_fr', 'FR', false, NULL, NULL, 1000, 'FEE-01', '2011-08-28', NULL, 'Code du travail art. L7121-13 et D7121-7, lu le 2026-11-21'),
  ('rat_cap_fr_career', 'FR', true, NULL, NULL, 1500, 'FEE-01', '2011-08-28', NULL, 'Code du travail art. L7121-13, D7121-7 et D7121-8, lu le 2026-11-21'),
  ('rat_cap_ch_group', 'CH', NULL, false, NULL, 800, 'FEE-05', '1999-12-01', NULL, 'OEmol-LSE (RS 823.113) art. 4, lu le 2026-11-21'),
  ('rat_cap_ch_group_short', 'CH', NULL, false, 5, 1000, 'FEE-05', '1999-12-01', NULL, 'OEmol-LSE (RS 823.113) art. 4, engagement de moins de six jours, lu le 2026-11-21'),
  ('rat_cap_ch_solo', 'CH', NULL, true, NULL, 1000, 'FEE-05', '1999-12-01', NULL, 'OEmol-LSE (RS 823.113) art. 4, lu le 2026-11-21'),
  ('rat_cap_ch_solo_short', 'CH', NULL, true, 5, 1250, 'FEE-05', '1999-12-01', NULL, 'OEmol-LSE (RS 823.113) art. 4, engagement de moins de six jours, lu le 2026-11-21');

-- 2. What a mandate pays ----------------------------------------------------------------------------------------------------------

CREATE TYPE "booker_capacity" AS ENUM ('agent', 'producer', 'provider');
CREATE TYPE "terms_status" AS ENUM ('proposed', 'agreed', 'declined', 'withdrawn');
CREATE TYPE "terms_side" AS ENUM ('artist', 'booker');

-- One side proposes, the other agrees. What was agreed last holds for every contract signed after it, while the mandate lives.
CREATE TABLE "representation_terms" (
    "id" TEXT NOT NULL,
    "representation_id" TEXT NOT NULL,
    "capacity" "booker_capacity" NOT NULL,
    "bps" INTEGER NOT NULL,
    "wage_bps" INTEGER NOT NULL,
    "career" BOOLEAN NOT NULL DEFAULT false,
    "missions" TEXT NOT NULL DEFAULT '',
    "reporting" TEXT NOT NULL DEFAULT '',
    "permit" TEXT NOT NULL DEFAULT '',
    "status" "terms_status" NOT NULL DEFAULT 'proposed',
    "proposed_by" "terms_side" NOT NULL,
    "proposed_user" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_user" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    CONSTRAINT "representation_terms_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "representation_terms_representation_id_fkey" FOREIGN KEY ("representation_id") REFERENCES "representation"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT representation_terms_bps CHECK ("bps" BETWEEN 0 AND 5000 AND "wage_bps" BETWEEN 0 AND 10000),
    -- An agent is paid on the artists' wages alone, and by a written mandate (FEE-01, FEE-02); anybody else on the whole price.
    CONSTRAINT representation_terms_agent CHECK (CASE "capacity" WHEN 'agent' THEN "missions" <> '' AND "reporting" <> '' ELSE "wage_bps" = 10000 AND NOT "career" END),
    CONSTRAINT representation_terms_answered CHECK (("status" = 'proposed') = ("answered_at" IS NULL) AND ("answered_at" IS NULL) = ("answered_user" IS NULL))
);
CREATE UNIQUE INDEX representation_terms_one_proposed ON "representation_terms" ("representation_id") WHERE "status" = 'proposed';
CREATE INDEX "representation_terms_representation_id_answered_at_idx" ON "representation_terms"("representation_id", "answered_at");
CREATE TRIGGER representation_terms_fixed BEFORE UPDATE ON "representation_terms"
  FOR EACH ROW WHEN (OLD."status" <> 'proposed' OR fixed_part(to_jsonb(OLD), 'status', 'answered_user', 'answered_at') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'status', 'answered_user', 'answered_at'))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER representation_terms_kept BEFORE DELETE ON "representation_terms" FOR EACH ROW EXECUTE FUNCTION refuse_change();
