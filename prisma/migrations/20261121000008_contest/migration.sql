-- A side says that a show was not played as agreed: what is held stays held until it says otherwise.
ALTER TABLE "show" ADD COLUMN "contested_at" TIMESTAMPTZ(3), ADD COLUMN "contested_by" "side", ADD COLUMN "contest" TEXT NOT NULL DEFAULT '';
ALTER TABLE "show" ADD CONSTRAINT "show_contest_whole" CHECK (("contested_at" IS NULL) = ("contested_by" IS NULL));
