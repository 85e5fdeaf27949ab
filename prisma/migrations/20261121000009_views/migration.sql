-- How often widgets are seen, ask, and fail, by page and day: counts of nobody in particular.
CREATE TABLE "tally" (
  "site_id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "page" TEXT NOT NULL,
  "tag" TEXT NOT NULL,
  "what" TEXT NOT NULL,
  "n" INTEGER NOT NULL,
  CONSTRAINT "tally_pkey" PRIMARY KEY ("site_id", "day", "page", "tag", "what"),
  CONSTRAINT "tally_counts" CHECK ("n" > 0),
  CONSTRAINT "tally_what" CHECK ("what" IN ('view', 'request', 'contract') OR "what" ~ '^error:[a-z_]{1,40}$')
);
