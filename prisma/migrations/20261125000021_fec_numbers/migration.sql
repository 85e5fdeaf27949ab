-- What was handed over as a file of entries stays as it was: each piece keeps its number, its day and its content; what is found later is added behind it (LPF art. A47 A-1).
CREATE TABLE "booked_piece" (
  "org_id" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "year" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "entry_day" DATE NOT NULL,
  "booked_day" DATE NOT NULL,
  "content" JSONB NOT NULL,
  CONSTRAINT "booked_piece_pkey" PRIMARY KEY ("org_id", "key"),
  CONSTRAINT "booked_piece_in_its_year" CHECK ("number" >= 1 AND extract(year FROM "entry_day") = "year")
);
CREATE UNIQUE INDEX "booked_piece_org_id_year_number_key" ON "booked_piece"("org_id", "year", "number");
CREATE TRIGGER booked_piece_append_only BEFORE UPDATE OR DELETE ON "booked_piece" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Until when an organisation's books were handed over: nothing is booked on such a day any more. Never earlier than before.
CREATE TABLE "books_closed" (
  "org_id" TEXT NOT NULL,
  "until" DATE NOT NULL,
  CONSTRAINT "books_closed_pkey" PRIMARY KEY ("org_id")
);
CREATE TRIGGER books_closed_forward BEFORE UPDATE ON "books_closed" FOR EACH ROW WHEN (NEW."until" < OLD."until" OR NEW."org_id" <> OLD."org_id") EXECUTE FUNCTION refuse_change();
CREATE TRIGGER books_closed_kept BEFORE DELETE ON "books_closed" FOR EACH ROW EXECUTE FUNCTION refuse_change();
