-- A press kit also hands out documents and films; each photo stands there in several sizes and formats.
ALTER TYPE "media_kind" ADD VALUE 'document';
ALTER TYPE "media_kind" ADD VALUE 'video';
ALTER TABLE "media" ADD COLUMN "size" INTEGER, ADD COLUMN "copies" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "media" ADD CONSTRAINT "media_size" CHECK ("size" > 0), ADD CONSTRAINT "media_copies" CHECK (jsonb_typeof("copies") = 'array');
ALTER TABLE "epk" ADD COLUMN "videos" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "epk" ADD CONSTRAINT "epk_videos" CHECK (jsonb_typeof("videos") = 'array');
