package patient

import "time"

// Merge is one joining of two records, as the record keeps it. Times are UTC.
type Merge struct {
	ID       string    `json:"id"`
	Survivor Patient   `json:"survivor"` // as both are now, without their numbers
	Merged   Patient   `json:"merged"`
	At       time.Time `json:"at"`
	By       string    `json:"by,omitempty"` // staff ID; "" is another system
	// Undone is zero while the two are one.
	Undone   time.Time `json:"undone,omitzero"`
	UndoneBy string    `json:"undoneBy,omitempty"`
	Reason   string    `json:"reason,omitempty"` // why it was undone, or else why a person joined the two again
}
