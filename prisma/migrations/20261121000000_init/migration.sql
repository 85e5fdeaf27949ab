-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "invoice_kind" AS ENUM ('deposit', 'final', 'commission');

-- CreateEnum
CREATE TYPE "booking_status" AS ENUM ('requested', 'negotiating', 'agreed', 'contracted', 'played', 'settled', 'declined', 'lapsed', 'cancelled');

-- CreateEnum
CREATE TYPE "asker" AS ENUM ('private', 'venue', 'camping', 'commune');

-- CreateEnum
CREATE TYPE "offer_status" AS ENUM ('sent', 'accepted', 'countered', 'declined', 'withdrawn', 'expired');

-- CreateEnum
CREATE TYPE "show_status" AS ENUM ('planned', 'played', 'cancelled');

-- CreateEnum
CREATE TYPE "day_state" AS ENUM ('free', 'flexible', 'busy');

-- CreateEnum
CREATE TYPE "hold_status" AS ENUM ('live', 'lapsed', 'released', 'confirmed');

-- CreateEnum
CREATE TYPE "contract_status" AS ENUM ('drafted', 'signed', 'void');

-- CreateEnum
CREATE TYPE "payment_path" AS ENUM ('secured', 'public');

-- CreateEnum
CREATE TYPE "payment_part" AS ENUM ('deposit', 'balance');

-- CreateEnum
CREATE TYPE "payment_status" AS ENUM ('due', 'processing', 'captured', 'refused', 'lapsed');

-- CreateEnum
CREATE TYPE "payout_status" AS ENUM ('sent', 'paid', 'failed');

-- CreateEnum
CREATE TYPE "organisation_kind" AS ENUM ('artist', 'booker', 'venue', 'festival', 'camping', 'municipality', 'association', 'company', 'person');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'manager', 'member', 'observer');

-- CreateEnum
CREATE TYPE "link_purpose" AS ENUM ('answer', 'sign', 'pay', 'confirm', 'follow', 'file');

-- CreateEnum
CREATE TYPE "media_kind" AS ENUM ('photo', 'audio');

-- CreateEnum
CREATE TYPE "side" AS ENUM ('artist', 'buyer');

-- CreateEnum
CREATE TYPE "envelope_status" AS ENUM ('sent', 'completed', 'void');

-- CreateTable
CREATE TABLE "invoice" (
    "id" TEXT NOT NULL,
    "issuer_org_id" TEXT NOT NULL,
    "payer_org_id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "kind" "invoice_kind" NOT NULL,
    "series" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "vat_bps" INTEGER NOT NULL,
    "vat_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "paid_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "issued_day" DATE NOT NULL,
    "due_day" DATE NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "content" JSONB NOT NULL,
    "file_id" TEXT NOT NULL,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice_series" (
    "issuer_org_id" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "last" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "invoice_series_pkey" PRIMARY KEY ("issuer_org_id","series")
);

-- CreateTable
CREATE TABLE "booking" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "site_id" TEXT,
    "reference" TEXT NOT NULL,
    "status" "booking_status" NOT NULL DEFAULT 'requested',
    "reason" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "asker" "asker" NOT NULL,
    "contact_name" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT NOT NULL DEFAULT '',
    "occasion" TEXT NOT NULL,
    "show_day" DATE NOT NULL,
    "season_until" DATE,
    "shows" INTEGER NOT NULL DEFAULT 1,
    "start_time" TEXT NOT NULL DEFAULT '20:30',
    "place" TEXT NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "insee" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL,
    "lat" DOUBLE PRECISION,
    "lng" DOUBLE PRECISION,
    "outdoor" BOOLEAN NOT NULL DEFAULT false,
    "audience" INTEGER NOT NULL DEFAULT 0,
    "budget_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "technical" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL DEFAULT '',
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "page_url" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "request_pkey" PRIMARY KEY ("booking_id")
);

-- CreateTable
CREATE TABLE "offer" (
    "id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "proposed_by" "side" NOT NULL,
    "replaces" TEXT,
    "show_day" DATE NOT NULL,
    "start_time" TEXT NOT NULL DEFAULT '20:30',
    "price_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "terms" TEXT NOT NULL DEFAULT '',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "offer_status" NOT NULL DEFAULT 'sent',
    "reason" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "show" (
    "id" TEXT NOT NULL,
    "booking_id" TEXT,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT,
    "stage_org_id" TEXT,
    "title" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "start_time" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "place" TEXT NOT NULL,
    "insee" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL DEFAULT 'FR',
    "lat" DOUBLE PRECISION,
    "lng" DOUBLE PRECISION,
    "ticket_url" TEXT NOT NULL DEFAULT '',
    "free" BOOLEAN NOT NULL DEFAULT false,
    "published" BOOLEAN NOT NULL DEFAULT false,
    "status" "show_status" NOT NULL DEFAULT 'planned',
    "artist_confirmed_at" TIMESTAMPTZ(3),
    "buyer_confirmed_at" TIMESTAMPTZ(3),
    "played_at" TIMESTAMPTZ(3),

    CONSTRAINT "show_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "day_mark" (
    "org_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "state" "day_state" NOT NULL,

    CONSTRAINT "day_mark_pkey" PRIMARY KEY ("org_id","day")
);

-- CreateTable
CREATE TABLE "hold" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "rank" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "hold_status" NOT NULL DEFAULT 'live',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slot" (
    "org_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "booking_id" TEXT NOT NULL,

    CONSTRAINT "slot_pkey" PRIMARY KEY ("org_id","day")
);

-- CreateTable
CREATE TABLE "contract" (
    "id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'cession',
    "path" "payment_path" NOT NULL,
    "status" "contract_status" NOT NULL DEFAULT 'drafted',
    "price_minor" BIGINT NOT NULL,
    "vat_bps" INTEGER NOT NULL,
    "vat_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "commission_bps" INTEGER NOT NULL,
    "clauses" JSONB NOT NULL,
    "rules" JSONB NOT NULL,
    "file_id" TEXT NOT NULL,
    "sealed_file_id" TEXT,
    "evidence_file_id" TEXT,
    "envelope_id" TEXT,
    "drafted_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_at" TIMESTAMPTZ(3),

    CONSTRAINT "contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fact" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "fact_id" BIGINT NOT NULL,
    "consumer" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("fact_id","consumer")
);

-- CreateTable
CREATE TABLE "deadline" (
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("kind","subject")
);

-- CreateTable
CREATE TABLE "clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "ahead_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "replay" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "answer" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "replay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline_entry" (
    "booking_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "fact_id" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "timeline_entry_pkey" PRIMARY KEY ("booking_id","seq")
);

-- CreateTable
CREATE TABLE "transfer" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "booking_id" TEXT,
    "org_id" TEXT,
    "key" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry" (
    "transfer_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("transfer_id","line")
);

-- CreateTable
CREATE TABLE "balance" (
    "account" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "minor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "balance_pkey" PRIMARY KEY ("account","currency")
);

-- CreateTable
CREATE TABLE "payment" (
    "id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "part" "payment_part" NOT NULL,
    "minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "due_day" DATE NOT NULL,
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "status" "payment_status" NOT NULL DEFAULT 'due',
    "provider_ref" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "refusal" TEXT NOT NULL DEFAULT '',
    "captured_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mandate" (
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "customer_ref" TEXT NOT NULL,
    "method_ref" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mandate_pkey" PRIMARY KEY ("booking_id")
);

-- CreateTable
CREATE TABLE "payout" (
    "id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" "payout_status" NOT NULL DEFAULT 'sent',
    "provider_ref" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_event" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "provider_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sandbox_object" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sandbox_object_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" TEXT NOT NULL,
    "key" TEXT,
    "count" INTEGER,
    "lastRequest" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" TEXT NOT NULL,
    "kind" "organisation_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT NOT NULL DEFAULT '',
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "country" CHAR(2) NOT NULL DEFAULT 'FR',
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "claimed" BOOLEAN NOT NULL DEFAULT false,
    "legal_name" TEXT NOT NULL DEFAULT '',
    "legal_form" TEXT NOT NULL DEFAULT '',
    "siret" TEXT NOT NULL DEFAULT '',
    "vat_number" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "postcode" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL DEFAULT '',
    "insee" TEXT NOT NULL DEFAULT '',
    "representative" TEXT NOT NULL DEFAULT '',
    "capacity" TEXT NOT NULL DEFAULT '',
    "licence" TEXT NOT NULL DEFAULT '',
    "licence_until" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "role" NOT NULL,

    CONSTRAINT "member_pkey" PRIMARY KEY ("org_id","user_id")
);

-- CreateTable
CREATE TABLE "representation" (
    "id" TEXT NOT NULL,
    "booker_org_id" TEXT NOT NULL,
    "artist_org_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "representation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link" (
    "id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "purpose" "link_purpose" NOT NULL,
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_code" (
    "id" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "up_to_minor" BIGINT,
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "bps" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,

    CONSTRAINT "rate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "match_score" (
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "scorecard" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "detail" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "match_score_pkey" PRIMARY KEY ("booking_id")
);

-- CreateTable
CREATE TABLE "purchase" (
    "booking_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "quote_number" TEXT NOT NULL,
    "quote_file_id" TEXT NOT NULL,
    "quoted_at" TIMESTAMPTZ(3) NOT NULL,
    "order_number" TEXT NOT NULL DEFAULT '',
    "service_code" TEXT NOT NULL DEFAULT '',
    "ordered_at" TIMESTAMPTZ(3),

    CONSTRAINT "purchase_pkey" PRIMARY KEY ("booking_id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "org_id" TEXT,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "site" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "origins" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "site_key" (
    "key" TEXT NOT NULL,
    "site_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "site_key_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "epk" (
    "org_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "genres" TEXT[],
    "line_up" INTEGER NOT NULL DEFAULT 1,
    "tagline" JSONB NOT NULL DEFAULT '{}',
    "bio" JSONB NOT NULL DEFAULT '{}',
    "quotes" JSONB NOT NULL DEFAULT '[]',
    "links" JSONB NOT NULL DEFAULT '[]',
    "technical" TEXT NOT NULL DEFAULT '',
    "fee_min_minor" BIGINT NOT NULL DEFAULT 0,
    "fee_max_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "audience_min" INTEGER NOT NULL DEFAULT 0,
    "audience_max" INTEGER NOT NULL DEFAULT 0,
    "duration_minutes" INTEGER NOT NULL DEFAULT 75,
    "insee" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL DEFAULT '',
    "lat" DOUBLE PRECISION,
    "lng" DOUBLE PRECISION,
    "published_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "epk_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "media" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "kind" "media_kind" NOT NULL,
    "title" TEXT NOT NULL,
    "alt" TEXT NOT NULL DEFAULT '',
    "file_id" TEXT NOT NULL,
    "small_file_id" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "duration_seconds" INTEGER,
    "position" INTEGER NOT NULL,

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "venue" (
    "org_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL DEFAULT 0,
    "genres" TEXT[],
    "budget_min_minor" BIGINT NOT NULL DEFAULT 0,
    "budget_max_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "about" JSONB NOT NULL DEFAULT '{}',
    "technical" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "insee" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL DEFAULT '',
    "lat" DOUBLE PRECISION,
    "lng" DOUBLE PRECISION,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "venue_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "envelope" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "buyer_org_id" TEXT NOT NULL,
    "booking_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "file_id" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "status" "envelope_status" NOT NULL DEFAULT 'sent',
    "sealed_file_id" TEXT,
    "evidence_file_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "envelope_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signer" (
    "envelope_id" TEXT NOT NULL,
    "side" "side" NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "viewed_at" TIMESTAMPTZ(3),
    "signed_at" TIMESTAMPTZ(3),
    "consent" TEXT NOT NULL DEFAULT '',
    "ip" TEXT NOT NULL DEFAULT '',
    "user_agent" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "signer_pkey" PRIMARY KEY ("envelope_id","side")
);

-- CreateTable
CREATE TABLE "seal_key" (
    "id" TEXT NOT NULL,
    "p12" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seal_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "invoice_payer_org_id_idx" ON "invoice"("payer_org_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_issuer_org_id_series_sequence_key" ON "invoice"("issuer_org_id", "series", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_booking_id_kind_key" ON "invoice"("booking_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "booking_reference_key" ON "booking"("reference");

-- CreateIndex
CREATE INDEX "booking_org_id_created_at_idx" ON "booking"("org_id", "created_at");

-- CreateIndex
CREATE INDEX "booking_buyer_org_id_idx" ON "booking"("buyer_org_id");

-- CreateIndex
CREATE UNIQUE INDEX "offer_replaces_key" ON "offer"("replaces");

-- CreateIndex
CREATE INDEX "offer_booking_id_idx" ON "offer"("booking_id");

-- CreateIndex
CREATE INDEX "offer_org_id_show_day_idx" ON "offer"("org_id", "show_day");

-- CreateIndex
CREATE INDEX "offer_buyer_org_id_show_day_idx" ON "offer"("buyer_org_id", "show_day");

-- CreateIndex
CREATE UNIQUE INDEX "show_booking_id_key" ON "show"("booking_id");

-- CreateIndex
CREATE INDEX "show_stage_org_id_day_idx" ON "show"("stage_org_id", "day");

-- CreateIndex
CREATE INDEX "show_org_id_day_idx" ON "show"("org_id", "day");

-- CreateIndex
CREATE INDEX "hold_org_id_day_idx" ON "hold"("org_id", "day");

-- CreateIndex
CREATE INDEX "hold_booking_id_idx" ON "hold"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "slot_booking_id_key" ON "slot"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "contract_booking_id_key" ON "contract"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "contract_number_key" ON "contract"("number");

-- CreateIndex
CREATE UNIQUE INDEX "contract_envelope_id_key" ON "contract"("envelope_id");

-- CreateIndex
CREATE INDEX "fact_subject_id_idx" ON "fact"("subject", "id");

-- CreateIndex
CREATE INDEX "deadline_due_at_idx" ON "deadline"("due_at");

-- CreateIndex
CREATE INDEX "file_org_id_idx" ON "file"("org_id");

-- CreateIndex
CREATE UNIQUE INDEX "timeline_entry_fact_id_key" ON "timeline_entry"("fact_id");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_key_key" ON "transfer"("key");

-- CreateIndex
CREATE INDEX "transfer_booking_id_idx" ON "transfer"("booking_id");

-- CreateIndex
CREATE INDEX "entry_account_currency_idx" ON "entry"("account", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "payment_provider_ref_key" ON "payment"("provider_ref");

-- CreateIndex
CREATE UNIQUE INDEX "payment_booking_id_part_key" ON "payment"("booking_id", "part");

-- CreateIndex
CREATE UNIQUE INDEX "payout_booking_id_key" ON "payout"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "payout_provider_ref_key" ON "payout"("provider_ref");

-- CreateIndex
CREATE INDEX "provider_event_object_idx" ON "provider_event"("object");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_object_key_key" ON "sandbox_object"("key");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE INDEX "representation_artist_org_id_idx" ON "representation"("artist_org_id");

-- CreateIndex
CREATE UNIQUE INDEX "representation_booker_org_id_artist_org_id_key" ON "representation"("booker_org_id", "artist_org_id");

-- CreateIndex
CREATE UNIQUE INDEX "link_token_hash_key" ON "link"("token_hash");

-- CreateIndex
CREATE INDEX "link_booking_id_idx" ON "link"("booking_id");

-- CreateIndex
CREATE INDEX "one_time_code_act_created_at_idx" ON "one_time_code"("act", "created_at");

-- CreateIndex
CREATE INDEX "rate_kind_valid_from_idx" ON "rate"("kind", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "purchase_quote_number_key" ON "purchase"("quote_number");

-- CreateIndex
CREATE UNIQUE INDEX "mail_cause_key" ON "mail"("cause");

-- CreateIndex
CREATE INDEX "mail_to_created_at_idx" ON "mail"("to", "created_at");

-- CreateIndex
CREATE INDEX "mail_created_at_idx" ON "mail"("created_at");

-- CreateIndex
CREATE INDEX "site_org_id_idx" ON "site"("org_id");

-- CreateIndex
CREATE INDEX "site_key_site_id_idx" ON "site_key"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "epk_slug_key" ON "epk"("slug");

-- CreateIndex
CREATE INDEX "media_org_id_position_idx" ON "media"("org_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "venue_slug_key" ON "venue"("slug");

-- CreateIndex
CREATE INDEX "envelope_booking_id_idx" ON "envelope"("booking_id");

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "show" ADD CONSTRAINT "show_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "booking"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "representation" ADD CONSTRAINT "representation_booker_org_id_fkey" FOREIGN KEY ("booker_org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "representation" ADD CONSTRAINT "representation_artist_org_id_fkey" FOREIGN KEY ("artist_org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "site_key" ADD CONSTRAINT "site_key_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media" ADD CONSTRAINT "media_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "epk"("org_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signer" ADD CONSTRAINT "signer_envelope_id_fkey" FOREIGN KEY ("envelope_id") REFERENCES "envelope"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
