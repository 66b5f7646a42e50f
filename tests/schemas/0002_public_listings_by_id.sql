BEGIN TRANSACTION;
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
CREATE TABLE "change" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "listing_id" INT NOT NULL,
    "what" VARCHAR(10) NOT NULL,
    "batch_id" INT,
    "before" JSON,
    "at" TIMESTAMP NOT NULL
);
INSERT INTO "change" VALUES(1,3,'new',NULL,NULL,'2026-11-21 13:42:27.829710+00:00');
INSERT INTO "change" VALUES(2,6,'new',NULL,NULL,'2026-11-21 13:42:27.829710+00:00');
INSERT INTO "change" VALUES(3,5,'new',NULL,NULL,'2026-11-21 13:42:27.829710+00:00');
INSERT INTO "change" VALUES(4,4,'new',NULL,NULL,'2026-11-21 13:42:27.829710+00:00');
INSERT INTO "change" VALUES(30,7,'new',NULL,NULL,'2026-11-21 13:42:27.829710+00:00');
INSERT INTO "change" VALUES(31,8,'new',NULL,NULL,'2026-11-21 13:42:27.829710+00:00');
INSERT INTO "change" VALUES(32,2,'new',NULL,NULL,'2026-11-21 13:42:27.829710+00:00');
INSERT INTO "change" VALUES(33,1,'new',NULL,NULL,'2026-11-21 13:42:27.829710+00:00');
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
INSERT INTO "listing" VALUES(1,'tue','meeting-guide','active','support_group','Tuesday Steps','{"source_key":"tue","name":"Tuesday Steps","kind":"support_group","modality":"in_person","group":"Northside Group","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":2,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','76a7018712805c0c1c2bad8ef5975de0','76a7018712805c0c1c2bad8ef5975de0',0,NULL,'2026-11-21 13:42:27.829710+00:00','2026-11-21 13:42:27.829710+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(2,'thu','meeting-guide','active','support_group','Tuesday Steps','{"source_key":"thu","name":"Tuesday Steps","kind":"support_group","modality":"in_person","group":"Northside Group","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":4,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','cc0285cd6cbc8a197387d6c278fe770d','cc0285cd6cbc8a197387d6c278fe770d',0,NULL,'2026-11-21 13:42:27.829710+00:00','2026-11-21 13:42:27.829710+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(3,'clinic','meeting-guide','active','outpatient','Scioto Recovery Clinic','{"source_key":"clinic","name":"Scioto Recovery Clinic","kind":"outpatient","modality":"in_person","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0101","extension":"12","label":"intake"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":1,"start":480,"end":1020,"timezone":"America/New_York","every":1},{"weekday":2,"start":480,"end":1020,"timezone":"America/New_York","every":1},{"weekday":3,"start":480,"end":1020,"timezone":"America/New_York","every":1},{"weekday":4,"start":480,"end":1020,"timezone":"America/New_York","every":1},{"weekday":5,"start":480,"end":1020,"timezone":"America/New_York","every":1}],"facets":{"level":["opioid_treatment_program"],"medication":["buprenorphine"],"payment":["medicaid","sliding_scale"]},"verified_on":"2026-01-05"}','bea4c80ba923aa97dba6de482b036188','bea4c80ba923aa97dba6de482b036188',0,NULL,'2026-11-21 13:42:27.829710+00:00','2026-11-21 13:42:27.829710+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(4,'house','meeting-guide','active','sober_living','Maple House <b>','{"source_key":"house","name":"Maple House <b>","kind":"sober_living","modality":"in_person","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","facets":{"gender":["women"],"residence":["narr_2"]},"denied":{"gender":["men"],"accepts":["methadone","buprenorphine"]},"residence":{"beds":8,"vacancies":2,"vacancies_as_of":"2026-05-01","fee":140.0,"fee_period":"week"},"verified_on":"2026-01-05"}','80e037be8f6b8f4fb0e499ad9d4183ee','80e037be8f6b8f4fb0e499ad9d4183ee',0,NULL,'2026-11-21 13:42:27.829710+00:00','2026-11-21 13:42:27.829710+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(5,'hidden','meeting-guide','active','sober_living','Harbor House','{"source_key":"hidden","name":"Harbor House","kind":"sober_living","modality":"in_person","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"77 Secret Street","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","directions":"Behind the secret gate","latitude":39.9671,"longitude":-83.0042,"confidential":true,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','27a371571b2c14730a4219f2a238cd27','27a371571b2c14730a4219f2a238cd27',0,NULL,'2026-11-21 13:42:27.829710+00:00','2026-11-21 13:42:27.829710+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(6,'food','meeting-guide','active','community_service','Broad Street Food Shelf','{"source_key":"food","name":"Broad Street Food Shelf","kind":"community_service","modality":"in_person","description":"A calm evening meeting.","place":{"name":"Linden Community Church","street":"1200 Example Avenue","city":"Columbus","state":"OH","postal_code":"43215","county":"Franklin","country":"US","latitude":39.9671,"longitude":-83.0042,"timezone":"America/New_York"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":2,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"need":["food"],"payment":["free"]},"verified_on":"2026-01-05"}','324f0c6f18dfcdf9b05a7fb19aed4290','324f0c6f18dfcdf9b05a7fb19aed4290',0,NULL,'2026-11-21 13:42:27.829710+00:00','2026-11-21 13:42:27.829710+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(7,'online','meeting-guide','active','support_group','Night Owls Online','{"source_key":"online","name":"Night Owls Online","kind":"support_group","modality":"online","description":"A calm evening meeting.","online":{"url":"https://example.org/join","phone":"+16145550100,,123#"},"phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":2,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','89d09383274e7c9a5958d7d28e7e8401','89d09383274e7c9a5958d7d28e7e8401',0,NULL,'2026-11-21 13:42:27.829710+00:00','2026-11-21 13:42:27.829710+00:00','2026-11-21',1);
INSERT INTO "listing" VALUES(8,'phone','meeting-guide','active','support_group','Phone Friends','{"source_key":"phone","name":"Phone Friends","kind":"support_group","modality":"phone","description":"A calm evening meeting.","phones":[{"number":"614-555-0134"}],"website":"https://example.org/tuesday-steps","times":[{"weekday":2,"start":1140,"end":1200,"timezone":"America/New_York","every":1}],"facets":{"fellowship":["aa"],"format":["open","step"],"access":["wheelchair"]},"verified_on":"2026-01-05"}','dc5a7a7cef9e595f197c7ee261bb7795','dc5a7a7cef9e595f197c7ee261bb7795',0,NULL,'2026-11-21 13:42:27.829710+00:00','2026-11-21 13:42:27.829710+00:00','2026-11-21',1);
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
);
INSERT INTO "publisher" VALUES(1,'Example Intergroup','meeting-guide','','','','',50,'2026-11-21 13:42:27.821094+00:00');
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
);
CREATE TABLE "tortoise_migrations" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "app" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "applied_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_tortoise_mi_app_3803a5" UNIQUE ("app", "name")
);
INSERT INTO "tortoise_migrations" VALUES(1,'directory','0001_initial','2026-11-21 13:42:27.797638+00:00');
INSERT INTO "tortoise_migrations" VALUES(2,'directory','0002_public_listings_by_id','2026-11-21 13:42:27.810720+00:00');
CREATE INDEX "idx_change_listing_aa6455" ON "change" ("listing_id", "id");
CREATE INDEX "idx_source_reco_batch_i_a475ff" ON "source_record" ("batch_id", "applied", "id");
CREATE INDEX "idx_source_reco_batch_i_e05ec7" ON "source_record" ("batch_id", "outcome");
CREATE INDEX "idx_listing_status_804620" ON "listing" ("status", "id");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('tortoise_migrations',2);
INSERT INTO "sqlite_sequence" VALUES('publisher',1);
INSERT INTO "sqlite_sequence" VALUES('listing',33);
INSERT INTO "sqlite_sequence" VALUES('change',33);
COMMIT;
