-- What a carrier said in words beside its code; scripts do. Without secret, code or whole number.
ALTER TABLE attempt ADD COLUMN said text;
