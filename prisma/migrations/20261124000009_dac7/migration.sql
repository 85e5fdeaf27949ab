-- The yearly report to the tax office (DAC7) as it was handed in, message by message, and what each producer was told of it.

CREATE TABLE "dac7_message" (
  "ref" TEXT NOT NULL,
  "year" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "sellers" INTEGER NOT NULL,
  "file_id" TEXT NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "made_by" TEXT NOT NULL,
  CONSTRAINT "dac7_message_pkey" PRIMARY KEY ("ref"),
  CONSTRAINT "dac7_message_kind" CHECK ("kind" IN ('DPI401', 'DPI402', 'DPI403') AND ("kind" <> 'DPI403' OR "sellers" = 0))
);
CREATE INDEX "dac7_message_year_idx" ON "dac7_message"("year");
CREATE TRIGGER dac7_message_append_only BEFORE UPDATE OR DELETE ON "dac7_message" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE "dac7_record" (
  "doc_ref" TEXT NOT NULL,
  "message_ref" TEXT NOT NULL,
  "year" INTEGER NOT NULL,
  "indic" TEXT NOT NULL,
  "corrects" TEXT,
  "org_id" TEXT,
  "currency" CHAR(3),
  "content" JSONB NOT NULL,
  CONSTRAINT "dac7_record_pkey" PRIMARY KEY ("doc_ref"),
  CONSTRAINT "dac7_record_indic" CHECK ("indic" IN ('OECD1', 'OECD2', 'OECD3') AND ("indic" = 'OECD1') = ("corrects" IS NULL)),
  CONSTRAINT "dac7_record_of" CHECK (("org_id" IS NULL) = ("currency" IS NULL)),
  CONSTRAINT "dac7_record_message_ref_fkey" FOREIGN KEY ("message_ref") REFERENCES "dac7_message"("ref") ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT "dac7_record_corrects_fkey" FOREIGN KEY ("corrects") REFERENCES "dac7_record"("doc_ref") ON DELETE NO ACTION ON UPDATE NO ACTION
);
-- What is corrected is the latest word: nothing is corrected twice.
CREATE UNIQUE INDEX "dac7_record_corrects_key" ON "dac7_record"("corrects");
CREATE INDEX "dac7_record_year_idx" ON "dac7_record"("year");
CREATE TRIGGER dac7_record_append_only BEFORE UPDATE OR DELETE ON "dac7_record" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE "dac7_letter" (
  "org_id" TEXT NOT NULL,
  "year" INTEGER NOT NULL,
  "digest" TEXT NOT NULL,
  "file_id" TEXT NOT NULL,
  "sent_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "dac7_letter_pkey" PRIMARY KEY ("org_id", "year", "digest")
);
CREATE UNIQUE INDEX "dac7_letter_file_id_key" ON "dac7_letter"("file_id");
CREATE TRIGGER dac7_letter_append_only BEFORE UPDATE OR DELETE ON "dac7_letter" FOR EACH ROW EXECUTE FUNCTION refuse_change();
