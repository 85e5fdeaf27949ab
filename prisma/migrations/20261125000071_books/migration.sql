-- A financial year ends on the day that its organisation states, 31 December where it states none. `since` is the first day of the first year that ends so.
CREATE TABLE "closing_day" (
  "org_id" TEXT NOT NULL,
  "since" DATE NOT NULL,
  "month_day" CHAR(5) NOT NULL,
  CONSTRAINT "closing_day_pkey" PRIMARY KEY ("org_id", "since"),
  CONSTRAINT "closing_day_is_one" CHECK ("month_day" ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$')
);

-- A year of which a file was handed over keeps its end.
CREATE FUNCTION refuse_closing_of_the_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "booked_piece" WHERE "org_id" IN (NEW."org_id", OLD."org_id") AND "entry_day" >= least(NEW."since", OLD."since")) THEN
    RAISE EXCEPTION 'what was handed over of a year keeps its end: constraint "closing_day_to_come"' USING ERRCODE = 'check_violation', CONSTRAINT = 'closing_day_to_come';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER closing_day_to_come BEFORE INSERT OR UPDATE OR DELETE ON "closing_day" FOR EACH ROW EXECUTE FUNCTION refuse_closing_of_the_past();

-- The numbers of a piece run through its financial year, which is known by its last day. Those of before are of calendar years.
ALTER TABLE "booked_piece" ADD COLUMN "year_end" DATE;
ALTER TABLE "booked_piece" DISABLE TRIGGER booked_piece_append_only;
UPDATE "booked_piece" SET "year_end" = make_date("year", 12, 31);
ALTER TABLE "booked_piece" ENABLE TRIGGER booked_piece_append_only;
ALTER TABLE "booked_piece" ALTER COLUMN "year_end" SET NOT NULL;
ALTER TABLE "booked_piece" DROP CONSTRAINT "booked_piece_in_its_year";
DROP INDEX "booked_piece_org_id_year_number_key";
ALTER TABLE "booked_piece" DROP COLUMN "year";
ALTER TABLE "booked_piece" ADD CONSTRAINT "booked_piece_in_its_year" CHECK ("number" >= 1 AND "entry_day" <= "year_end" AND "entry_day" > "year_end" - interval '1 year');
CREATE UNIQUE INDEX "booked_piece_org_id_year_end_number_key" ON "booked_piece"("org_id", "year_end", "number");
