-- What a firm outside France is known by: its Belgian enterprise number, its Swiss UID or its number in Luxembourg's register.
ALTER TABLE "organisation" ADD COLUMN "registration" TEXT NOT NULL DEFAULT '';
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_registration_shape" CHECK ("registration" ~ '^([0-9]{10}|CHE[0-9]{9}|[A-Z][0-9]{1,6})?$');
