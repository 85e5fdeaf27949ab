-- CreateEnum
CREATE TYPE "tour_run_state" AS ENUM ('waiting', 'running', 'done', 'failed');

-- CreateEnum
CREATE TYPE "tour_sent_state" AS ENUM ('held', 'agreed', 'declined', 'lapsed');

-- CreateTable
CREATE TABLE "tour_plan" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "until" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "artists" JSONB NOT NULL,
    "extras" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tour_plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tour_scenario" (
    "id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "at" INTEGER NOT NULL DEFAULT 0,
    "shows" INTEGER NOT NULL DEFAULT 0,
    "margin_minor" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tour_scenario_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tour_step" (
    "scenario_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "doc" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tour_step_pkey" PRIMARY KEY ("scenario_id","seq")
);

-- CreateTable
CREATE TABLE "tour_run" (
    "id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "scenario_id" TEXT NOT NULL,
    "state" "tour_run_state" NOT NULL DEFAULT 'waiting',
    "doc" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "effort" INTEGER NOT NULL,
    "begun" INTEGER NOT NULL DEFAULT 0,
    "cancelled" BOOLEAN NOT NULL DEFAULT false,
    "progress" JSONB,
    "answer" JSONB,
    "code" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tour_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tour_sent" (
    "plan_id" TEXT NOT NULL,
    "artist_id" TEXT NOT NULL,
    "venue" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "booking_id" TEXT NOT NULL,
    "hold_id" TEXT NOT NULL,
    "opened" BOOLEAN NOT NULL DEFAULT false,
    "state" "tour_sent_state" NOT NULL DEFAULT 'held',
    "until" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tour_sent_pkey" PRIMARY KEY ("plan_id","artist_id","venue")
);

-- CreateIndex
CREATE INDEX "tour_plan_org_id_updated_at_idx" ON "tour_plan"("org_id", "updated_at");

-- CreateIndex
CREATE INDEX "tour_scenario_plan_id_idx" ON "tour_scenario"("plan_id");

-- CreateIndex
CREATE INDEX "tour_run_plan_id_created_at_idx" ON "tour_run"("plan_id", "created_at");

-- CreateIndex
CREATE INDEX "tour_run_state_idx" ON "tour_run"("state");

-- CreateIndex
CREATE INDEX "tour_sent_booking_id_idx" ON "tour_sent"("booking_id");

-- AddForeignKey
ALTER TABLE "tour_scenario" ADD CONSTRAINT "tour_scenario_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "tour_plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tour_step" ADD CONSTRAINT "tour_step_scenario_id_fkey" FOREIGN KEY ("scenario_id") REFERENCES "tour_scenario"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tour_run" ADD CONSTRAINT "tour_run_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "tour_plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tour_sent" ADD CONSTRAINT "tour_sent_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "tour_plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "tour_plan" ADD CONSTRAINT "tour_plan_period" CHECK ("from" <= "until" AND "until" - "from" <= 730);
ALTER TABLE "tour_scenario" ADD CONSTRAINT "tour_scenario_counts" CHECK ("version" >= 1 AND "at" >= 0);
