-- AlterEnum
ALTER TYPE "link_purpose" ADD VALUE 'review';

-- CreateTable
CREATE TABLE "review" (
    "booking_id" TEXT NOT NULL,
    "side" "side" NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "user_id" TEXT,
    "stars" INTEGER NOT NULL,
    "performance" INTEGER,
    "audience" INTEGER,
    "welcome" INTEGER,
    "technical" INTEGER,
    "agreed" INTEGER,
    "words" TEXT NOT NULL DEFAULT '',
    "attendance" INTEGER,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3),
    "shown_at" TIMESTAMPTZ(3),
    "reply" TEXT NOT NULL DEFAULT '',
    "replied_at" TIMESTAMPTZ(3),
    "hidden_at" TIMESTAMPTZ(3),
    "hidden_why" TEXT NOT NULL DEFAULT '',
    "reply_hidden_at" TIMESTAMPTZ(3),
    "reply_hidden_why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "review_pkey" PRIMARY KEY ("booking_id","side")
);

-- CreateTable
CREATE TABLE "review_report" (
    "booking_id" TEXT NOT NULL,
    "side" "side" NOT NULL,
    "what" TEXT NOT NULL,
    "by_org_id" TEXT NOT NULL,
    "user_id" TEXT,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "words" TEXT NOT NULL DEFAULT '',
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,

    CONSTRAINT "review_report_pkey" PRIMARY KEY ("booking_id","side","what")
);

-- CreateTable
CREATE TABLE "review_wish" (
    "org_id" TEXT NOT NULL,
    "mails" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "review_wish_pkey" PRIMARY KEY ("org_id")
);

-- CreateIndex
CREATE INDEX "review_org_id_side_shown_at_idx" ON "review"("org_id", "side", "shown_at");

-- CreateIndex
CREATE INDEX "review_buyer_org_id_side_shown_at_idx" ON "review"("buyer_org_id", "side", "shown_at");

-- CreateIndex
CREATE INDEX "review_report_status_at_idx" ON "review_report"("status", "at");

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What cannot be.
ALTER TABLE "review" ADD CONSTRAINT "review_ranges" CHECK (
  "stars" BETWEEN 1 AND 5 AND coalesce("performance", 1) BETWEEN 1 AND 5 AND coalesce("audience", 1) BETWEEN 1 AND 5 AND coalesce("welcome", 1) BETWEEN 1 AND 5 AND coalesce("technical", 1) BETWEEN 1 AND 5
  AND coalesce("agreed", 1) BETWEEN 1 AND 5 AND coalesce("attendance", 0) BETWEEN 0 AND 1000000 AND char_length("words") <= 2000 AND char_length("reply") <= 1000);
-- Each side speaks of the other.
ALTER TABLE "review" ADD CONSTRAINT "review_parts" CHECK (CASE "side" WHEN 'artist' THEN "performance" IS NULL AND "audience" IS NULL ELSE "welcome" IS NULL AND "technical" IS NULL END);
ALTER TABLE "review" ADD CONSTRAINT "review_life" CHECK (
  ("shown_at" IS NOT NULL OR ("replied_at" IS NULL AND "hidden_at" IS NULL)) AND ("replied_at" IS NULL) = ("reply" = '') AND ("hidden_at" IS NULL) = ("hidden_why" = '')
  AND ("reply_hidden_at" IS NULL) = ("reply_hidden_why" = '') AND ("reply_hidden_at" IS NULL OR "replied_at" IS NOT NULL));
ALTER TABLE "review_report" ADD CONSTRAINT "review_report_life" CHECK ("what" IN ('review', 'reply') AND "status" IN ('open', 'hidden', 'kept') AND ("status" = 'open') = ("closed_at" IS NULL) AND ("status" = 'open') = ("words" = ''));

-- What both sides have read does not change any more, nor what was answered; what was hidden stays hidden.
CREATE TRIGGER "review_kept" BEFORE UPDATE ON "review" FOR EACH ROW WHEN (OLD."shown_at" IS NOT NULL AND
  fixed_part(to_jsonb(OLD), 'reply', 'replied_at', 'hidden_at', 'hidden_why', 'reply_hidden_at', 'reply_hidden_why') IS DISTINCT FROM fixed_part(to_jsonb(NEW), 'reply', 'replied_at', 'hidden_at', 'hidden_why', 'reply_hidden_at', 'reply_hidden_why'))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "review_reply_kept" BEFORE UPDATE ON "review" FOR EACH ROW WHEN (OLD."replied_at" IS NOT NULL AND OLD."reply" <> NEW."reply") EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "review_stays_hidden" BEFORE UPDATE ON "review" FOR EACH ROW WHEN ((OLD."hidden_at" IS NOT NULL AND NEW."hidden_at" IS NULL) OR (OLD."reply_hidden_at" IS NOT NULL AND NEW."reply_hidden_at" IS NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "review_never_deleted" BEFORE DELETE ON "review" FOR EACH ROW WHEN (OLD."shown_at" IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "review_report_never_deleted" BEFORE DELETE ON "review_report" FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- A report is closed once.
CREATE TRIGGER "review_report_closed_once" BEFORE UPDATE ON "review_report" FOR EACH ROW WHEN (OLD."status" <> 'open') EXECUTE FUNCTION refuse_change();
