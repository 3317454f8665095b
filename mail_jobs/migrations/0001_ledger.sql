-- The ledger: what was decided, attempted and answered. Times are Unix seconds, days are Asia/Tokyo.

CREATE TABLE owner (             -- one row; a new owner raises the epoch, a stale one cannot commit
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch INTEGER NOT NULL,
  holder TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  key_proof BLOB NOT NULL CHECK (length(key_proof) = 32)) STRICT;  -- the empty address's hash: only its key makes it

CREATE TABLE address (           -- the only place with addresses; erasable
  addr_hash BLOB NOT NULL PRIMARY KEY CHECK (length(addr_hash) = 32),  -- HMAC-SHA256, key outside of this file
  email TEXT NOT NULL) STRICT;

CREATE TABLE message (           -- named once and for ever
  name TEXT NOT NULL PRIMARY KEY CHECK (length(name) = 64),
  scenario TEXT NOT NULL,
  step TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('advertising', 'notice')),
  arm TEXT NOT NULL CHECK (arm IN ('treat', 'holdout')),
  decided_on TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  UNIQUE (occurrence, scenario, step),
  UNIQUE (name, arm)) STRICT, WITHOUT ROWID;
CREATE INDEX message_by_customer ON message (customer_id);

CREATE TABLE campaign_run (
  run_id TEXT NOT NULL PRIMARY KEY,
  campaign TEXT NOT NULL,        -- scenario/step
  slot TEXT NOT NULL,            -- the day
  plan_sha256 TEXT NOT NULL,
  marts_version TEXT NOT NULL,
  transport TEXT NOT NULL CHECK (transport IN ('hold', 'cancel', 'plain', 'keyed')),
  not_before INTEGER NOT NULL,
  deadline INTEGER NOT NULL CHECK (deadline > not_before),
  n_planned INTEGER NOT NULL,
  approved_by TEXT,
  state TEXT NOT NULL CHECK (state IN ('planning', 'ready', 'sending', 'done', 'aborted')),
  UNIQUE (campaign, slot)) STRICT;

CREATE TABLE attempt (
  attempt_id INTEGER PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  run_id TEXT NOT NULL REFERENCES campaign_run,
  epoch INTEGER NOT NULL,
  jst_day TEXT NOT NULL,         -- the day of mail that it belongs to: rests and caps count from here
  carrier TEXT NOT NULL,         -- only the carrier that was called can give evidence
  batch_id TEXT UNIQUE,
  body_sha256 TEXT,
  send_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('prepared', 'held', 'in_flight', 'held_accepted', 'releasing', 'accepted',
    'rejected', 'ambiguous', 'await', 'void', 'expired', 'not_sent', 'unresolved')),
  slot_free_after INTEGER,
  slot_freed INTEGER NOT NULL DEFAULT 0,
  http_status INTEGER,
  x_message_id TEXT,
  reason TEXT,
  updated_at INTEGER NOT NULL) STRICT;
CREATE INDEX attempt_open ON attempt (state) WHERE state NOT IN ('accepted', 'void', 'rejected', 'expired', 'not_sent');

CREATE TABLE recipient (
  name TEXT NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES campaign_run,
  addr_hash BLOB NOT NULL CHECK (length(addr_hash) = 32),
  arm TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'bound', 'accepted', 'rejected', 'suppressed', 'capped', 'expired',
    'unresolved', 'holdout')),
  attempt_id INTEGER REFERENCES attempt,
  reason TEXT,
  updated_at INTEGER NOT NULL,
  FOREIGN KEY (name, arm) REFERENCES message (name, arm),
  CHECK ((state IN ('bound', 'accepted', 'unresolved')) = (attempt_id IS NOT NULL)),
  CHECK ((arm = 'holdout') = (state = 'holdout'))) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_by_run ON recipient (run_id);
CREATE INDEX recipient_by_deadline ON recipient (expires_on);
CREATE INDEX recipient_by_attempt ON recipient (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX recipient_open ON recipient (state) WHERE state IN ('planned', 'bound', 'unresolved');

CREATE TABLE attempt_recipient ( -- who was in which attempt
  attempt_id INTEGER NOT NULL REFERENCES attempt,
  name TEXT NOT NULL REFERENCES recipient,
  PRIMARY KEY (attempt_id, name)) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_by_recipient ON attempt_recipient (name);

CREATE TABLE cap_reservation (   -- one row an advertising decision; the place makes the day's cap a key
  addr_hash BLOB NOT NULL,
  jst_day TEXT NOT NULL,
  place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 3),
  run_id TEXT NOT NULL REFERENCES campaign_run,
  PRIMARY KEY (addr_hash, jst_day, place),
  UNIQUE (addr_hash, run_id)) STRICT, WITHOUT ROWID;

CREATE TABLE suppression (       -- any process may add one at any time
  addr_hash BLOB NOT NULL PRIMARY KEY CHECK (length(addr_hash) = 32),
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE transition (        -- every state of an attempt or a recipient, written by the triggers below
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  attempt_id INTEGER REFERENCES attempt,
  name TEXT REFERENCES recipient,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  why TEXT,
  CHECK ((attempt_id IS NULL) <> (name IS NULL))) STRICT;
CREATE INDEX transition_by_epoch ON transition (epoch);

CREATE TABLE allowed_step (
  subject TEXT NOT NULL CHECK (subject IN ('attempt', 'recipient')),
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  PRIMARY KEY (subject, from_state, to_state)) STRICT, WITHOUT ROWID;
INSERT INTO allowed_step VALUES
 ('attempt', 'new', 'prepared'), ('attempt', 'prepared', 'held'), ('attempt', 'prepared', 'void'),
 ('attempt', 'prepared', 'in_flight'), ('attempt', 'held', 'in_flight'), ('attempt', 'held', 'void'),
 ('attempt', 'in_flight', 'held_accepted'), ('attempt', 'in_flight', 'accepted'), ('attempt', 'in_flight', 'rejected'),
 ('attempt', 'in_flight', 'ambiguous'), ('attempt', 'ambiguous', 'void'), ('attempt', 'ambiguous', 'await'),
 ('attempt', 'ambiguous', 'unresolved'), ('attempt', 'await', 'accepted'), ('attempt', 'await', 'not_sent'),
 ('attempt', 'await', 'unresolved'), ('attempt', 'held_accepted', 'releasing'), ('attempt', 'held_accepted', 'void'),
 ('attempt', 'releasing', 'accepted'), ('attempt', 'releasing', 'expired'), ('attempt', 'unresolved', 'accepted'),
 ('attempt', 'unresolved', 'not_sent'),
 ('recipient', 'new', 'planned'), ('recipient', 'new', 'holdout'), ('recipient', 'planned', 'bound'),
 ('recipient', 'planned', 'rejected'), ('recipient', 'planned', 'suppressed'), ('recipient', 'planned', 'capped'),
 ('recipient', 'planned', 'expired'), ('recipient', 'bound', 'planned'), ('recipient', 'bound', 'accepted'),
 ('recipient', 'bound', 'rejected'), ('recipient', 'bound', 'unresolved'),
 ('recipient', 'unresolved', 'accepted'), ('recipient', 'unresolved', 'planned');

CREATE TRIGGER attempt_first_step BEFORE INSERT ON attempt
WHEN NOT EXISTS (SELECT 1 FROM allowed_step WHERE subject = 'attempt' AND from_state = 'new' AND to_state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'illegal step'); END;

CREATE TRIGGER attempt_only_allowed BEFORE UPDATE OF state ON attempt
WHEN NEW.state <> OLD.state AND NOT EXISTS (
  SELECT 1 FROM allowed_step WHERE subject = 'attempt' AND from_state = OLD.state AND to_state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'illegal step'); END;

CREATE TRIGGER recipient_first_step BEFORE INSERT ON recipient
WHEN NOT EXISTS (SELECT 1 FROM allowed_step WHERE subject = 'recipient' AND from_state = 'new' AND to_state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'illegal step'); END;

CREATE TRIGGER recipient_only_allowed BEFORE UPDATE OF state ON recipient
WHEN NEW.state <> OLD.state AND NOT EXISTS (
  SELECT 1 FROM allowed_step WHERE subject = 'recipient' AND from_state = OLD.state AND to_state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'illegal step'); END;

CREATE TRIGGER hold_first BEFORE UPDATE OF state ON attempt
WHEN ((OLD.state = 'prepared' AND NEW.state = 'in_flight') OR (OLD.state = 'in_flight' AND NEW.state = 'accepted'))
 AND (SELECT transport FROM campaign_run WHERE run_id = NEW.run_id) = 'hold'
BEGIN SELECT RAISE(ABORT, 'hold: pause and release are not optional'); END;

CREATE TRIGGER one_live_attempt BEFORE INSERT ON attempt_recipient
WHEN EXISTS (SELECT 1 FROM attempt_recipient JOIN attempt USING (attempt_id)
             WHERE name = NEW.name AND state NOT IN ('void', 'rejected', 'expired', 'not_sent'))
BEGIN SELECT RAISE(ABORT, 'recipient already in a live attempt'); END;

CREATE TRIGGER no_holdout BEFORE INSERT ON attempt_recipient
WHEN (SELECT arm FROM message WHERE name = NEW.name) <> 'treat'
BEGIN SELECT RAISE(ABORT, 'holdout must not be mailed'); END;

CREATE TRIGGER no_suppressed BEFORE INSERT ON attempt_recipient
WHEN EXISTS (SELECT 1 FROM suppression JOIN recipient USING (addr_hash) WHERE recipient.name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'suppressed'); END;

CREATE TRIGGER attempt_made AFTER INSERT ON attempt
BEGIN INSERT INTO transition (at, epoch, attempt_id, from_state, to_state, why)
      VALUES (NEW.updated_at, (SELECT epoch FROM owner), NEW.attempt_id, 'new', NEW.state, NEW.reason); END;

CREATE TRIGGER attempt_moved AFTER UPDATE OF state ON attempt WHEN NEW.state <> OLD.state
BEGIN INSERT INTO transition (at, epoch, attempt_id, from_state, to_state, why)
      VALUES (NEW.updated_at, (SELECT epoch FROM owner), NEW.attempt_id, OLD.state, NEW.state, NEW.reason); END;

CREATE TRIGGER recipient_made AFTER INSERT ON recipient
BEGIN INSERT INTO transition (at, epoch, name, from_state, to_state, why)
      VALUES (NEW.updated_at, (SELECT epoch FROM owner), NEW.name, 'new', NEW.state, NEW.reason); END;

CREATE TRIGGER recipient_moved AFTER UPDATE OF state ON recipient WHEN NEW.state <> OLD.state
BEGIN INSERT INTO transition (at, epoch, name, from_state, to_state, why)
      VALUES (NEW.updated_at, (SELECT epoch FROM owner), NEW.name, OLD.state, NEW.state, NEW.reason); END;

CREATE TRIGGER transition_stays BEFORE UPDATE ON transition BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER transition_kept BEFORE DELETE ON transition BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER message_stays BEFORE UPDATE ON message BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER message_kept BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER attempt_recipient_stays BEFORE UPDATE ON attempt_recipient BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER attempt_recipient_kept BEFORE DELETE ON attempt_recipient BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER attempt_kept BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER attempt_named BEFORE UPDATE OF attempt_id, token, run_id, jst_day, carrier ON attempt
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER recipient_kept BEFORE DELETE ON recipient BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER recipient_named BEFORE UPDATE OF name, run_id, addr_hash, arm ON recipient
BEGIN SELECT RAISE(ABORT, 'append only'); END;
