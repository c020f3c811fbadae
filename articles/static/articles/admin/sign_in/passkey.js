// Passkeys: the browser makes or shows one, and its answer goes along with the form that stands on the page.
// Without this script, or where the browser knows no passkeys, the button stays hidden and the other ways remain.
"use strict"

const bytesOf = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"))
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer
}
const textOf = (buffer) => {
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("")
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
}
const named = (list) => (list || []).map((one) => ({ ...one, id: bytesOf(one.id) }))

async function made(offer) {
  const publicKey = {
    ...offer,
    challenge: bytesOf(offer.challenge),
    user: { ...offer.user, id: bytesOf(offer.user.id) },
    excludeCredentials: named(offer.excludeCredentials),
  }
  const found = await navigator.credentials.create({ publicKey })
  return {
    ...common(found),
    response: {
      clientDataJSON: textOf(found.response.clientDataJSON),
      attestationObject: textOf(found.response.attestationObject),
      transports: found.response.getTransports ? found.response.getTransports() : [],
    },
  }
}

async function shown(offer) {
  const publicKey = {
    ...offer,
    challenge: bytesOf(offer.challenge),
    allowCredentials: named(offer.allowCredentials),
  }
  const found = await navigator.credentials.get({ publicKey })
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response
  return {
    ...common(found),
    response: {
      clientDataJSON: textOf(clientDataJSON),
      authenticatorData: textOf(authenticatorData),
      signature: textOf(signature),
      userHandle: userHandle ? textOf(userHandle) : null,
    },
  }
}

const common = (found) => ({
  id: found.id,
  rawId: textOf(found.rawId),
  type: found.type,
  authenticatorAttachment: found.authenticatorAttachment,
  clientExtensionResults: found.getClientExtensionResults(),
})

async function press(button) {
  const form = button.form
  const problem = form.querySelector("[data-passkey-problem]")
  problem.hidden = true
  button.disabled = true
  try {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value
    const answer = await fetch(button.dataset.passkey, { method: "POST", headers: { "X-CSRFToken": token } })
    if (!answer.ok) throw new Error(String(answer.status))
    const { publicKey } = await answer.json()
    const credential = await (button.dataset.makes === undefined ? shown(publicKey) : made(publicKey))
    const field = document.createElement("input")
    field.type = "hidden"
    field.name = button.dataset.field
    field.value = JSON.stringify(credential)
    form.append(field)
    // Not the event: fields of a password that is not needed now must not stop it.
    form.submit()
  } catch {
    // Whoever closes the window of the browser has decided so; everything else is said the same way.
    problem.hidden = false
    button.disabled = false
    button.focus()
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const isPossible = window.isSecureContext && "credentials" in navigator && "PublicKeyCredential" in window
  for (const place of document.querySelectorAll("[data-passkey-place]")) place.hidden = !isPossible
  for (const place of document.querySelectorAll("[data-no-passkey]")) place.hidden = isPossible
  for (const button of document.querySelectorAll("button[data-passkey]")) {
    button.addEventListener("click", () => press(button))
  }
})
