//go:build !chaos

package patient_test

// switches of patients in TestNeverTheWrongPatient.
const switches = 250
