-- A conversation is rewritten at every turn: with room left on its page that touches no index.
ALTER TABLE "conversations" SET (fillfactor = 60);
