-- CreateTable
CREATE TABLE "exceptional_find" (
    "org_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "other_org_id" TEXT NOT NULL,

    CONSTRAINT "exceptional_find_pkey" PRIMARY KEY ("org_id","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "exceptional_find_org_id_other_org_id_key" ON "exceptional_find"("org_id", "other_org_id");

-- CreateIndex
CREATE INDEX "sighting_other_org_id_at_idx" ON "sighting"("other_org_id", "at");

-- CreateIndex
CREATE INDEX "sighting_org_id_at_idx" ON "sighting"("org_id", "at");

ALTER TABLE "choice" ADD CONSTRAINT "choice_message" CHECK (char_length("message") <= 1000 AND ("message" = '' OR "verdict" = 'super_like'));
ALTER TABLE "match" ADD CONSTRAINT "match_of_two" CHECK ("artist_org_id" <> "place_org_id" AND "expires_at" > "made_at" AND ("status" <> 'contacted' OR "contacted_at" IS NOT NULL));
