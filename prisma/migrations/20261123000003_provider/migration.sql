-- What a payment provider was asked to make, once for each key: its own memory of keys lasts a day.

CREATE TABLE "provider_command" (
    "key" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "ref" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_command_pkey" PRIMARY KEY ("key")
);

-- A key stands for one request, and for one object once that was made.
CREATE FUNCTION check_provider_command() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."key" <> OLD."key" OR NEW."hash" <> OLD."hash" OR NEW."attempt" < OLD."attempt" OR (OLD."ref" IS NOT NULL AND NEW."ref" IS DISTINCT FROM OLD."ref") THEN
    RAISE EXCEPTION 'command % was answered: it breaks constraint "provider_command_stands"', OLD."key"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'provider_command_stands', TABLE = 'provider_command';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER provider_command_stands BEFORE UPDATE ON "provider_command" FOR EACH ROW EXECUTE FUNCTION check_provider_command();
CREATE TRIGGER provider_command_kept BEFORE DELETE OR TRUNCATE ON "provider_command" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
