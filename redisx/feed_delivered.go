package redisx

// delivered remembers the last events handed over, by position and by ID.
type delivered struct {
	limit int
	ring  []Event // without payloads; oldest at next once full
	next  int
	ids   map[string]Position // ID → newest position
	byPos map[Position]string // position → ID
}

func newDelivered(limit int) *delivered {
	return &delivered{limit: limit, ids: make(map[string]Position), byPos: make(map[Position]string)}
}

// add notes an event; false means that its ID was handed over before.
func (d *delivered) add(e Event) bool {
	_, again := d.ids[e.ID]
	e.Payload = nil
	if len(d.ring) < d.limit {
		d.ring = append(d.ring, e)
	} else {
		old := d.ring[d.next]
		if d.byPos[old.Position] == old.ID {
			delete(d.byPos, old.Position)
		}
		if d.ids[old.ID] == old.Position {
			delete(d.ids, old.ID)
		}
		d.ring[d.next] = e
		d.next = (d.next + 1) % d.limit
	}
	d.ids[e.ID] = e.Position
	d.byPos[e.Position] = e.ID
	return !again
}

// has reports whether this very event was handed over.
func (d *delivered) has(pos Position, id string) bool {
	got, known := d.byPos[pos]
	return known && got == id
}

// at reports whether an event at this position was handed over.
func (d *delivered) at(pos Position) bool {
	_, known := d.byPos[pos]
	return known
}

// agrees reports whether the log's event is the one handed over at its
// position; one that is not remembered is taken to be.
func (d *delivered) agrees(e Event) bool {
	id, known := d.byPos[e.Position]
	return !known || id == e.ID
}

// oldest is the oldest position remembered.
func (d *delivered) oldest() Position {
	if len(d.ring) == 0 {
		return FromStart
	}
	return d.ring[d.next%len(d.ring)].Position
}
