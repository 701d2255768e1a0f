package staff

import (
	"testing"

	"github.com/alexedwards/argon2id"
)

// A decoy costs what a password's hash costs, and no two are the same.
func TestADecoyCostsWhatAHashCosts(t *testing.T) {
	made := decoy()
	params, salt, key, err := argon2id.DecodeHash(made)
	if err != nil || *params != *HashParams || len(salt) != int(HashParams.SaltLength) ||
		len(key) != int(HashParams.KeyLength) {
		t.Errorf("%q: %+v, %v", made, params, err)
	}
	if made == decoy() {
		t.Error("two decoys are the same")
	}
}
