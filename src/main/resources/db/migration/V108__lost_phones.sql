-- The phone that is reported as lost in a sign-in, to be suspended once another factor is proved there.
ALTER TABLE login ADD COLUMN lost_enrollment text;
