today = Today
view = View
view-week = Week
view-day = Day
book = Book
rooms = Rooms
rooms-all = All rooms
week-number = week { $number }
previous-week = Previous week
next-week = Next week
previous-day = Previous day
next-day = Next day
hours-all = Show all 24 hours
hours-open = Opening hours only
cancelled-show = Show cancelled
cancelled-hide = Hide cancelled
book-room-day = Book { $room }, { $day }
day-with-count = { $day }, { $count ->
    [0] no session
    [one] { $count } session
   *[other] { $count } sessions
}
block-untitled = Not available
state-inquiry = Inquiry
state-hold = Hold
state-hold-rank = Hold { $rank }
state-pending-deposit = Awaiting deposit
state-confirmed = Confirmed
state-in-progress = In progress
state-completed = Completed
state-cancelled = Cancelled
state-no-show = No-show
state-expired = Expired
