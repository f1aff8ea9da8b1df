/** Pixels of the picture for each pixel of the drawing. */
const SHARPNESS = 2

/** Shows the buttons that save a chart as PNG, and makes them work: the browser draws the SVG file on a canvas. */
export function addPictureButtons(): void {
  document.documentElement.classList.add('has-scripts')
  document.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('button[data-picture]') : null
    const url = button?.dataset['picture']
    if (!button || !url) return
    const label = button.textContent
    try {
      save(await pictureOf(url), url)
    } catch {
      button.textContent = 'The browser cannot draw it'
      setTimeout(() => {
        button.textContent = label
      }, 2_000)
    }
  })
}

async function pictureOf(url: string): Promise<Blob> {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * SHARPNESS
  canvas.height = image.naturalHeight * SHARPNESS
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}

function save(blob: Blob, url: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = (new URL(url, location.href).pathname.split('/').at(-1) ?? 'chart').replace(/\.svg$/, '.png')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
