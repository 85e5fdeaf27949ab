-- What a signed contract leaves its booker, fixed at the signature.
CREATE TABLE "booker_share" (
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "booker_org_id" TEXT NOT NULL,
    "terms_id" TEXT NOT NULL,
    "capacity" "booker_capacity" NOT NULL,
    "agreed_bps" INTEGER NOT NULL,
    "bps" INTEGER NOT NULL,
    "cap_bps" INTEGER,
    "cap_rule" TEXT NOT NULL DEFAULT '',
    "cap_source" TEXT NOT NULL DEFAULT '',
    "wage_bps" INTEGER NOT NULL,
    "vat_bps" INTEGER NOT NULL,
    "vat_citation" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "booker_share_pkey" PRIMARY KEY ("booking_id"),
    CONSTRAINT "booker_share_terms_id_fkey" FOREIGN KEY ("terms_id") REFERENCES "representation_terms"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT booker_share_bps CHECK ("bps" BETWEEN 0 AND "agreed_bps" AND "agreed_bps" <= 5000 AND "wage_bps" BETWEEN 0 AND 10000 AND "vat_bps" BETWEEN 0 AND 10000),
    -- No more than the law allows, where it says how much.
    CONSTRAINT booker_share_capped CHECK ("cap_bps" IS NULL OR "bps" <= "cap_bps")
);
CREATE INDEX "booker_share_booker_org_id_idx" ON "booker_share"("booker_org_id");
CREATE TRIGGER booker_share_append_only BEFORE UPDATE OR DELETE ON "booker_share" FOR EACH ROW EXECUTE FUNCTION refuse_change();
