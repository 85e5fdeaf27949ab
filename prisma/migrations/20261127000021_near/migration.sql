-- CreateEnum
CREATE TYPE "wisher" AS ENUM ('fan', 'organiser');

-- CreateEnum
CREATE TYPE "wish_kind" AS ENUM ('venue', 'festival', 'bar', 'camping', 'commune', 'association', 'private');

-- CreateEnum
CREATE TYPE "wish_status" AS ENUM ('open', 'written', 'offered', 'declined');

-- CreateTable
CREATE TABLE "wish" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "site_id" TEXT,
    "asker" "wisher" NOT NULL,
    "insee" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lng" DOUBLE PRECISION NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "organisation" TEXT NOT NULL DEFAULT '',
    "kind" "wish_kind",
    "period" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL DEFAULT '',
    "email" TEXT NOT NULL DEFAULT '',
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "status" "wish_status" NOT NULL DEFAULT 'open',
    "answered_at" TIMESTAMPTZ(3),
    "booking_id" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "known" TEXT[] NOT NULL DEFAULT '{}',
    "token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wish_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "wish_booking_id_key" ON "wish"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "wish_token_hash_key" ON "wish"("token_hash");

-- CreateIndex
CREATE INDEX "wish_org_id_created_at_idx" ON "wish"("org_id", "created_at");

-- CreateIndex
CREATE INDEX "wish_created_at_idx" ON "wish"("created_at");

-- An organiser can be answered; a fan leaves a town and at most an address. What is offered has its booking.
ALTER TABLE "wish" ADD CONSTRAINT "wish_says_who" CHECK (CASE "asker" WHEN 'organiser' THEN "name" <> '' AND "email" <> '' AND "kind" IS NOT NULL ELSE "name" = '' AND "organisation" = '' AND "kind" IS NULL AND "period" = '' AND "message" = '' AND "status" = 'open' END);
ALTER TABLE "wish" ADD CONSTRAINT "wish_offered" CHECK (("status" = 'offered') = ("booking_id" IS NOT NULL));
