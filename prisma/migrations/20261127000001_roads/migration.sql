-- CreateTable
CREATE TABLE "road_leg" (
    "provider" TEXT NOT NULL,
    "from_lat" INTEGER NOT NULL,
    "from_lon" INTEGER NOT NULL,
    "to_lat" INTEGER NOT NULL,
    "to_lon" INTEGER NOT NULL,
    "metres" INTEGER,
    "minutes" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "road_leg_pkey" PRIMARY KEY ("provider","from_lat","from_lon","to_lat","to_lon"),
    CONSTRAINT "road_leg_way" CHECK (("metres" IS NULL) = ("minutes" IS NULL) AND "metres" >= 0 AND "minutes" >= 0),
    CONSTRAINT "road_leg_place" CHECK (abs("from_lat") <= 900000 AND abs("to_lat") <= 900000 AND abs("from_lon") <= 1800000 AND abs("to_lon") <= 1800000)
);

-- CreateTable
CREATE TABLE "road_spend" (
    "provider" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "legs" INTEGER NOT NULL,

    CONSTRAINT "road_spend_pkey" PRIMARY KEY ("provider","day"),
    CONSTRAINT "road_spend_legs" CHECK ("legs" >= 0)
);

-- CreateIndex
CREATE INDEX "road_leg_at_idx" ON "road_leg"("at");
