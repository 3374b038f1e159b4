-- Its owner said that somebody else bound it: only removing it helps, and no unblocking of the user.
ALTER TABLE enrollment ADD COLUMN denied boolean NOT NULL DEFAULT false;
