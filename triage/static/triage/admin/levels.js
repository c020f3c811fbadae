// The head of a row says how soon as it is chosen now, not only as it was saved.
"use strict"
document.addEventListener("change", (event) => {
  const select = event.target.closest?.(".desk-block-body select[name$='-rank']")
  const mark = select?.closest(".desk-block").querySelector(".desk-block-head .triage-level")
  if (!mark) return
  const codes = ["self_care", "appointment_weeks", "appointment_days", "same_day", "emergency"]
  mark.className = `triage-level is-${codes[select.value]}`
  mark.textContent = select.selectedOptions[0].textContent
})
