-- Since when a producer is asked for what DAC7 wants, how often it was reminded, and since when it is stopped for its silence (PAY-08).
CREATE TABLE "seller_ask" (
  "org_id" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "reminders" INTEGER NOT NULL DEFAULT 0,
  "stopped_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "seller_ask_pkey" PRIMARY KEY ("org_id", "asked_at"),
  CONSTRAINT "seller_ask_reminded" CHECK ("reminders" >= 0),
  CONSTRAINT "seller_ask_order" CHECK ("stopped_at" >= "asked_at" AND "ended_at" >= "asked_at")
);
CREATE UNIQUE INDEX seller_ask_one_open ON "seller_ask" ("org_id") WHERE "ended_at" IS NULL;

-- An ask keeps its beginning, and is over once.
CREATE FUNCTION keep_seller_ask() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR NEW.org_id <> OLD.org_id OR NEW.asked_at <> OLD.asked_at OR NEW.reminders < OLD.reminders
    OR (OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS DISTINCT FROM OLD.stopped_at) THEN
    RAISE EXCEPTION '% of "%" refused: it breaks constraint "%"', TG_OP, TG_TABLE_NAME, TG_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seller_ask_kept BEFORE UPDATE OR DELETE ON "seller_ask" FOR EACH ROW EXECUTE FUNCTION keep_seller_ask();
