BEGIN TRANSACTION;
CREATE TABLE "account" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "key" VARCHAR(160) NOT NULL UNIQUE,
    "role" VARCHAR(10) NOT NULL,
    "password" VARCHAR(200) NOT NULL,
    "totp" VARCHAR(300) NOT NULL,
    "totp_asked" VARCHAR(300) NOT NULL,
    "totp_step" BIGINT NOT NULL,
    "demo" INT NOT NULL,
    "disabled_at" TIMESTAMP,
    "created_at" TIMESTAMP NOT NULL
);
CREATE TABLE "answer" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "key" VARCHAR(300) NOT NULL,
    "said" VARCHAR(40) NOT NULL,
    "decision" VARCHAR(6) NOT NULL,
    "draft" JSON,
    "who" VARCHAR(120) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "publisher_id" INT NOT NULL REFERENCES "publisher" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_answer_publish_c49cda" UNIQUE ("publisher_id", "key", "said")
);
CREATE TABLE "audit_entry" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "number" BIGINT NOT NULL UNIQUE,
    "at" VARCHAR(32) NOT NULL,
    "who" VARCHAR(120) NOT NULL,
    "what" VARCHAR(40) NOT NULL,
    "object" VARCHAR(60) NOT NULL,
    "outcome" VARCHAR(10) NOT NULL,
    "before" VARCHAR(64) NOT NULL,
    "hash" VARCHAR(64) NOT NULL
);
CREATE TABLE "batch" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "source" VARCHAR(60) NOT NULL,
    "status" VARCHAR(12) NOT NULL,
    "files" JSON NOT NULL,
    "facts" JSON NOT NULL,
    "broken" JSON NOT NULL,
    "report" JSON NOT NULL,
    "reason" VARCHAR(500) NOT NULL,
    "started_at" TIMESTAMP NOT NULL,
    "finished_at" TIMESTAMP,
    "publisher_id" INT NOT NULL REFERENCES "publisher" ("id") ON DELETE CASCADE
);
CREATE TABLE "call" (
    "taken_by" VARCHAR(120) NOT NULL,
    "taken_until" TIMESTAMP,
    "tries" SMALLINT NOT NULL,
    "not_before" TIMESTAMP,
    "listing_id" INT NOT NULL  PRIMARY KEY REFERENCES "listing" ("id") ON DELETE CASCADE
);
CREATE TABLE "change" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "listing_id" INT NOT NULL,
    "what" VARCHAR(10) NOT NULL,
    "batch_id" INT,
    "before" JSON,
    "at" TIMESTAMP NOT NULL
, "who" VARCHAR(120) NOT NULL DEFAULT '', "facts" JSON, "reason" VARCHAR(300) NOT NULL DEFAULT '');
INSERT INTO "change" VALUES(1,3,'new',NULL,NULL,'2026-11-21 15:47:33.676860+00:00','',NULL,'');
INSERT INTO "change" VALUES(2,6,'new',NULL,NULL,'2026-11-21 15:47:33.676860+00:00','',NULL,'');
INSERT INTO "change" VALUES(3,5,'new',NULL,NULL,'2026-11-21 15:47:33.676860+00:00','',NULL,'');
INSERT INTO "change" VALUES(4,4,'new',NULL,NULL,'2026-11-21 15:47:33.676860+00:00','',NULL,'');
INSERT INTO "change" VALUES(30,7,'new',NULL,NULL,'2026-11-21 15:47:33.676860+00:00','',NULL,'');
INSERT INTO "change" VALUES(31,8,'new',NULL,NULL,'2026-11-21 15:47:33.676860+00:00','',NULL,'');
INSERT INTO "change" VALUES(32,2,'new',NULL,NULL,'2026-11-21 15:47:33.676860+00:00','',NULL,'');
INSERT INTO "change" VALUES(33,1,'new',NULL,NULL,'2026-11-21 15:47:33.676860+00:00','',NULL,'');
CREATE TABLE "check" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "fact" VARCHAR(10) NOT NULL,
    "how" VARCHAR(8) NOT NULL,
    "outcome" VARCHAR(10) NOT NULL,
    "value" JSON,
    "who" VARCHAR(120) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "newest" INT NOT NULL,
    "listing_id" INT NOT NULL REFERENCES "listing" ("id") ON DELETE CASCADE
);
CREATE TABLE "correction" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "changes" JSON NOT NULL,
    "status" VARCHAR(8) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "decided_by" VARCHAR(120) NOT NULL,
    "decided_at" TIMESTAMP,
    "listing_id" INT NOT NULL REFERENCES "listing" ("id") ON DELETE CASCADE
);
CREATE TABLE "day" (
    "day" DATE NOT NULL  PRIMARY KEY,
    "facts" JSON NOT NULL
);
CREATE TABLE "invitation" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "token" VARCHAR(64) NOT NULL UNIQUE,
    "ends_at" TIMESTAMP NOT NULL,
    "used_at" TIMESTAMP,
    "account_id" INT NOT NULL REFERENCES "account" ("id") ON DELETE CASCADE
);
CREATE TABLE "kept_list" (
    "code" VARCHAR(64) NOT NULL  PRIMARY KEY,
    "listing_ids" JSON NOT NULL,
    "language" VARCHAR(2) NOT NULL,
    "large_print" INT NOT NULL,
    "discreet" INT NOT NULL,
    "ends_on" DATE NOT NULL
);
CREATE TABLE "limit_count" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "bucket" VARCHAR(40) NOT NULL,
    "who" VARCHAR(64) NOT NULL,
    "since" TIMESTAMP NOT NULL,
    "count" INT NOT NULL,
    "last_at" TIMESTAMP,
    CONSTRAINT "uid_limit_count_bucket_83a899" UNIQUE ("bucket", "who", "since")
);
CREATE TABLE "listing" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "key" VARCHAR(300) NOT NULL,
    "source" VARCHAR(60) NOT NULL,
    "status" VARCHAR(10) NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "name" VARCHAR(500) NOT NULL,
    "data" JSON NOT NULL,
    "said" VARCHAR(32) NOT NULL,
    "raw_said" VARCHAR(32) NOT NULL,
    "edited" INT NOT NULL,
    "record_id" BIGINT,
    "first_seen_at" TIMESTAMP NOT NULL,
    "changed_at" TIMESTAMP NOT NULL,
    "seen_on" DATE NOT NULL,
    "publisher_id" INT NOT NULL REFERENCES "publisher" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_listing_publish_db7678" UNIQUE ("publisher_id", "key")
);
INSERT INTO "listing" VALUES(1,'tue','meeting-guide','active','support_group','Tuesday Steps','{"source_key":"tue","name":"Tuesday Steps","kind":"support_group","modality":"in_person","group":"Northside Group","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":2,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','76a7018712805c0c1c2bad8ef5975de0','76a7018712805c0c1c2bad8ef5975de0',0,NULL,'2026-11-21 15:47:33.676860+00:00','2026-11-21 15:47:33.676860+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(2,'thu','meeting-guide','active','support_group','Tuesday Steps','{"source_key":"thu","name":"Tuesday Steps","kind":"support_group","modality":"in_person","group":"Northside Group","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":4,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','cc0285cd6cbc8a197387d6c278fe770d','cc0285cd6cbc8a197387d6c278fe770d',0,NULL,'2026-11-21 15:47:33.676860+00:00','2026-11-21 15:47:33.676860+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(3,'clinic','meeting-guide','active','outpatient','Scioto Recovery Clinic','{"source_key":"clinic","name":"Scioto Recovery Clinic","kind":"outpatient","modality":"in_person","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0101","extension":"12","label":"intake"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":1,"start":480,"end":1020,"timezone":"America/New_York","every":1},{"weekday":2,"start":480,"end":1020,"timezone":"America/New_York","every":1},{"weekday":3,"start":480,"end":1020,"timezone":"America/New_York","every":1},{"weekday":4,"start":480,"end":1020,"timezone":"America/New_York","every":1},{"weekday":5,"start":480,"end":1020,"timezone":"America/New_York","every":1}],"facets":{"level":["opioid_treatment_program"],"medication":["buprenorphine"],"payment":["medicaid","sliding_scale"]},"verified_on":"2026-01-05"}','bea4c80ba923aa97dba6de482b036188','bea4c80ba923aa97dba6de482b036188',0,NULL,'2026-11-21 15:47:33.676860+00:00','2026-11-21 15:47:33.676860+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(4,'house','meeting-guide','active','sober_living','Maple House <b>','{"source_key":"house","name":"Maple House <b>","kind":"sober_living","modality":"in_person","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","facets":{"gender":["women"],"residence":["narr_2"]},"denied":{"gender":["men"],"accepts":["methadone","buprenorphine"]},"residence":{"beds":8,"vacancies":2,"vacancies_as_of":"2026-05-01","fee":140.0,"fee_period":"week"},"verified_on":"2026-01-05"}','80e037be8f6b8f4fb0e499ad9d4183ee','80e037be8f6b8f4fb0e499ad9d4183ee',0,NULL,'2026-11-21 15:47:33.676860+00:00','2026-11-21 15:47:33.676860+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(5,'hidden','meeting-guide','active','sober_living','Harbor House','{"source_key":"hidden","name":"Harbor House","kind":"sober_living","modality":"in_person","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"77 Secret Street","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","directions":"Behind the secret gate","latitude":39.9671,"longitude":-83.0042,"confidential":true,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','27a371571b2c14730a4219f2a238cd27','27a371571b2c14730a4219f2a238cd27',0,NULL,'2026-11-21 15:47:33.676860+00:00','2026-11-21 15:47:33.676860+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(6,'food','meeting-guide','active','community_service','Broad Street Food Shelf','{"source_key":"food","name":"Broad Street Food Shelf","kind":"community_service","modality":"in_person","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":2,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"need":["food"],"payment":["free"]},"verified_on":"2026-01-05"}','324f0c6f18dfcdf9b05a7fb19aed4290','324f0c6f18dfcdf9b05a7fb19aed4290',0,NULL,'2026-11-21 15:47:33.676860+00:00','2026-11-21 15:47:33.676860+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(7,'online','meeting-guide','active','support_group','Night Owls Online','{"source_key":"online","name":"Night Owls Online","kind":"support_group","modality":"online","description":"A calm evening meeting.","online":{"url":"https://example.org/join","phone":"+16145550100,,123#"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":2,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','89d09383274e7c9a5958d7d28e7e8401','89d09383274e7c9a5958d7d28e7e8401',0,NULL,'2026-11-21 15:47:33.676860+00:00','2026-11-21 15:47:33.676860+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(8,'phone','meeting-guide','active','support_group','Phone Friends','{"source_key":"phone","name":"Phone Friends","kind":"support_group","modality":"phone","description":"A calm evening meeting.","phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":2,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','dc5a7a7cef9e595f197c7ee261bb7795','dc5a7a7cef9e595f197c7ee261bb7795',0,NULL,'2026-11-21 15:47:33.676860+00:00','2026-11-21 15:47:33.676860+00:00','2026-11-21',1);
CREATE TABLE "program_link" (
    "generation" INT NOT NULL,
    "made_by" VARCHAR(120) NOT NULL,
    "made_at" TIMESTAMP NOT NULL,
    "ended" INT NOT NULL,
    "listing_id" INT NOT NULL  PRIMARY KEY REFERENCES "listing" ("id") ON DELETE CASCADE
);
CREATE TABLE "publisher" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" VARCHAR(200) NOT NULL UNIQUE,
    "source" VARCHAR(60) NOT NULL,
    "licence" VARCHAR(300) NOT NULL,
    "fellowship" VARCHAR(40) NOT NULL,
    "timezone" VARCHAR(60) NOT NULL,
    "state" VARCHAR(2) NOT NULL,
    "trust" SMALLINT NOT NULL,
    "created_at" TIMESTAMP NOT NULL
, "everything" INT NOT NULL DEFAULT 0, "pass_on" VARCHAR(3) NOT NULL DEFAULT '', "feed_url" VARCHAR(600) NOT NULL DEFAULT '', "schedule" VARCHAR(6) NOT NULL DEFAULT 'off', "hands_off" INT NOT NULL DEFAULT 0, "fetched_at" TIMESTAMP, "fetched" JSON);
INSERT INTO "publisher" VALUES(1,'Example Intergroup','meeting-guide','public domain','','','',50,'2026-11-21 15:47:33.580218+00:00',0,'','','off',0,NULL,NULL);
CREATE TABLE "recovery_code" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code" VARCHAR(64) NOT NULL,
    "used_at" TIMESTAMP,
    "account_id" INT NOT NULL REFERENCES "account" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_recovery_co_account_650d2b" UNIQUE ("account_id", "code")
);
CREATE TABLE "report" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "reason" VARCHAR(10) NOT NULL,
    "who" VARCHAR(32) NOT NULL,
    "reported_at" TIMESTAMP NOT NULL,
    "status" VARCHAR(8) NOT NULL,
    "outcome" VARCHAR(10) NOT NULL,
    "settled_at" TIMESTAMP,
    "listing_id" INT NOT NULL REFERENCES "listing" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_report_listing_3eb7cc" UNIQUE ("listing_id", "reason", "who")
);
CREATE TABLE "same_decision" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "a_id" INT NOT NULL,
    "b_id" INT NOT NULL,
    "what" VARCHAR(8) NOT NULL,
    "before" JSON,
    "undoes" INT,
    "who" VARCHAR(120) NOT NULL,
    "at" TIMESTAMP NOT NULL
);
CREATE TABLE "same_key" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "listing_id" INT NOT NULL,
    "key" BIGINT NOT NULL
);
CREATE TABLE "same_mark" (
    "id" INT NOT NULL  PRIMARY KEY,
    "change_id" BIGINT NOT NULL
);
CREATE TABLE "same_member" (
    "listing_id" INT NOT NULL  PRIMARY KEY,
    "lead_id" INT NOT NULL
);
CREATE TABLE "same_pair" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "a_id" INT NOT NULL,
    "b_id" INT NOT NULL,
    "standing" VARCHAR(8) NOT NULL,
    "waits" INT NOT NULL,
    "score" REAL NOT NULL,
    "why" JSON NOT NULL,
    "lead_id" INT,
    "said" VARCHAR(70) NOT NULL,
    "who" VARCHAR(120) NOT NULL,
    "at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_same_pair_a_id_cf9045" UNIQUE ("a_id", "b_id")
);
CREATE TABLE "session" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "token" VARCHAR(64) NOT NULL UNIQUE,
    "stage" VARCHAR(6) NOT NULL,
    "browser" VARCHAR(40) NOT NULL,
    "started_at" TIMESTAMP NOT NULL,
    "seen_at" TIMESTAMP NOT NULL,
    "ends_at" TIMESTAMP NOT NULL,
    "account_id" INT NOT NULL REFERENCES "account" ("id") ON DELETE CASCADE
);
CREATE TABLE "source_record" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "number" INT NOT NULL,
    "key" VARCHAR(300) NOT NULL,
    "outcome" VARCHAR(10) NOT NULL,
    "reason" VARCHAR(200) NOT NULL,
    "detail" TEXT NOT NULL,
    "words" JSON NOT NULL,
    "draft" JSON,
    "applied" INT NOT NULL,
    "batch_id" INT NOT NULL REFERENCES "batch" ("id") ON DELETE CASCADE
, "kind" VARCHAR(20) NOT NULL DEFAULT '', "name" VARCHAR(120) NOT NULL DEFAULT '', "decision" VARCHAR(6) NOT NULL DEFAULT '');
CREATE TABLE "tortoise_migrations" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "app" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "applied_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_tortoise_mi_app_3803a5" UNIQUE ("app", "name")
);
INSERT INTO "tortoise_migrations" VALUES(1,'directory','0001_initial','2026-11-21 15:47:30.600174+00:00');
INSERT INTO "tortoise_migrations" VALUES(2,'directory','0002_public_listings_by_id','2026-11-21 15:47:30.628386+00:00');
INSERT INTO "tortoise_migrations" VALUES(3,'directory','0003_reports','2026-11-21 15:47:30.646342+00:00');
INSERT INTO "tortoise_migrations" VALUES(4,'directory','0004_who','2026-11-21 15:47:30.660173+00:00');
INSERT INTO "tortoise_migrations" VALUES(5,'directory','0005_everything','2026-11-21 15:47:30.684641+00:00');
INSERT INTO "tortoise_migrations" VALUES(6,'directory','0006_same_place','2026-11-21 15:47:30.794151+00:00');
INSERT INTO "tortoise_migrations" VALUES(7,'directory','0007_accounts','2026-11-21 15:47:31.006761+00:00');
INSERT INTO "tortoise_migrations" VALUES(8,'directory','0008_pass_on','2026-11-21 15:47:31.089542+00:00');
INSERT INTO "tortoise_migrations" VALUES(9,'directory','0009_freshness','2026-11-21 15:47:32.177344+00:00');
INSERT INTO "tortoise_migrations" VALUES(10,'directory','0010_review','2026-11-21 15:47:32.968698+00:00');
INSERT INTO "tortoise_migrations" VALUES(11,'directory','0011_days','2026-11-21 15:47:32.985660+00:00');
INSERT INTO "tortoise_migrations" VALUES(12,'directory','0012_kept_lists','2026-11-21 15:47:33.403859+00:00');
CREATE INDEX "idx_change_listing_aa6455" ON "change" ("listing_id", "id");
CREATE INDEX "idx_source_reco_batch_i_a475ff" ON "source_record" ("batch_id", "applied", "id");
CREATE INDEX "idx_source_reco_batch_i_e05ec7" ON "source_record" ("batch_id", "outcome");
CREATE INDEX "idx_listing_status_804620" ON "listing" ("status", "id");
CREATE INDEX "idx_report_who_9d81d5" ON "report" ("who");
CREATE INDEX "idx_report_reporte_08067b" ON "report" ("reported_at");
CREATE INDEX "idx_report_status_10c48e" ON "report" ("status");
CREATE INDEX "idx_same_pair_b_id_6d7199" ON "same_pair" ("b_id");
CREATE INDEX "idx_same_pair_waits_d404e3" ON "same_pair" ("waits", "id");
CREATE INDEX "idx_same_member_lead_id_4c6eb4" ON "same_member" ("lead_id");
CREATE INDEX "idx_same_decisi_a_id_5a08b0" ON "same_decision" ("a_id", "b_id");
CREATE INDEX "idx_same_key_key_0a04d2" ON "same_key" ("key", "listing_id");
CREATE INDEX "idx_same_key_listing_0e34b2" ON "same_key" ("listing_id");
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE INDEX "idx_check_listing_756d49" ON "check" ("listing_id", "newest");
CREATE INDEX "idx_check_how_d1aa10" ON "check" ("how", "at");
CREATE INDEX "idx_call_taken_b_ec7801" ON "call" ("taken_by");
CREATE INDEX "idx_correction_status_2024a1" ON "correction" ("status", "id");
CREATE INDEX "idx_correction_listing_4a6530" ON "correction" ("listing_id", "at");
CREATE INDEX "idx_source_reco_batch_i_1d9e05" ON "source_record" ("batch_id", "outcome", "reason", "kind", "decision", "name");
CREATE INDEX "idx_change_batch_i_2b064c" ON "change" ("batch_id", "listing_id");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('tortoise_migrations',12);
INSERT INTO "sqlite_sequence" VALUES('publisher',1);
INSERT INTO "sqlite_sequence" VALUES('listing',33);
INSERT INTO "sqlite_sequence" VALUES('change',33);
COMMIT;
