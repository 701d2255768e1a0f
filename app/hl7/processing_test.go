package hl7_test

import (
	"fmt"
	"testing"

	"github.com/wardlight/wardlight/app/hl7"
)

// What is not said to be about patients changes none. Seen red: a test that was marked N, t
// or TEST discharged a patient.
func TestOnlyWhatIsAboutPatientsIsTaken(t *testing.T) {
	for said, want := range map[string]bool{"P": true, "p": true, "": true, "P^T": true, "PRODUCTION": true,
		"N": false, "n": false, "T": false, "t": false, "D": false, "d^T": false, "TEST": false, "Training": false,
		"debug mode": false, "Q": false, "1": false} {
		for _, training := range []bool{false, true} {
			o := peopleOptions()
			o.Training = training
			m := fmt.Sprintf("MSH|^~\\&|ADTX|OAK|WL|OAK|20260310080000||ADT^A01|1|%s|2.5\rEVN|A01|20260310080000\r"+
				"PID|1||1001^^^OAK^MR||Marsh^Eve\rPV1|1|I|6N^1^1^OAK\r", said)
			s := record(t)
			got := took(t, s, m, o)
			if taken := len(people(t, s)) == 1; taken != (want || training) ||
				got.Training != map[bool]int{false: 1}[taken] ||
				taken != (got.Warnings == 0) {
				t.Errorf("MSH-11 %q, a record for training %v: taken %v, %+v", said, training, taken, got)
			}
		}
	}
	s := record(t)
	got := took(t, s, "MSH|^~\\&|A|OAK|||20260310080000||ADT^A01|1|Q|2.5\rPID|1||1001^^^OAK^MR\r", hl7.ImportOptions{})
	says(t, "an unknown mode", got, "have it sent with P")
}
